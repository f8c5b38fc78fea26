package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Nodes in a row that scale and shift channels, each read by the next alone; from top to bottom.
record AffineRun(List<AffineNode> steps) {
    record AffineNode(Node node, ChannelAffine affine) {}

    AffineRun {
        steps = List.copyOf(steps);
    }

    /// The longest run that ends at `last`. Empty if the node is no such step, and also if the run goes on below it: a
    /// run is taken whole, so that its constants are rounded once.
    static Optional<AffineRun> endingAt(Graph graph, Node last) {
        Optional<ChannelAffine> affine = ChannelAffine.of(graph, last);
        if (affine.isEmpty() || goesOn(graph, last)) {
            return Optional.empty();
        }
        List<AffineNode> upwards = new ArrayList<>();
        Node node = last;
        while (node != null && affine.isPresent()) {
            Value input = affine.get().input();
            upwards.add(new AffineNode(node, affine.get()));
            node = graph.hasOneUse(input) ? graph.producer(input).orElse(null) : null;
            affine = node == null ? Optional.empty() : ChannelAffine.of(graph, node);
        }
        return Optional.of(new AffineRun(upwards.reversed()));
    }

    private static boolean goesOn(Graph graph, Node last) {
        return graph.hasOneUse(last.output())
                && ChannelAffine.of(graph, graph.consumers(last.output()).getFirst())
                        .filter(next -> next.input() == last.output())
                        .isPresent();
    }

    Value input() {
        return steps.getFirst().affine().input();
    }

    /// All steps as one, with nothing rounded between them.
    ChannelAffine composed() {
        return steps.stream()
                .map(AffineNode::affine)
                .reduce(ChannelAffine::then)
                .orElseThrow();
    }
}
