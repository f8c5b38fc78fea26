package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import java.util.Optional;

/// Puts batch normalisation, and arithmetic with a constant per channel, into the weights and bias of the convolution,
/// transposed convolution or `gemm` that alone they read: w' = factor · w, b' = factor · b + shift. A whole run of them
/// goes in at once, in double, rounded once.
///
/// Not where the convolution is read by others too (it would be computed twice), nor where its weights or the
/// parameters are not constant.
public record FoldBatchNorm() implements Rule {
    @Override
    public String name() {
        return "fold-batch-norm";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        return AffineRun.endingAt(graph, node)
                .filter(run -> graph.hasOneUse(run.input()))
                .flatMap(run -> graph.producer(run.input())
                        .flatMap(producer -> WeightedNode.of(graph, producer))
                        .flatMap(weighted -> weighted.then(run.composed(), node.output())));
    }
}
