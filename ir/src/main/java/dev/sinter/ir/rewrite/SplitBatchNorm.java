package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Makes one multiplication and one addition of a batch normalisation that could not go into a convolution, together
/// with the arithmetic per channel around it; and likewise of longer runs of such arithmetic.
///
/// A run is taken from its first multiplication on. What is added before one stays apart: x may cancel against it, and
/// the sum of two constants would bring back the rounding error that the cancellation had avoided.
public record SplitBatchNorm() implements Rule {
    private static final Binary MULTIPLY = new Binary(Binary.Kind.MUL);

    @Override
    public String name() {
        return "split-batch-norm";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        return AffineRun.endingAt(graph, node)
                .map(run -> run.steps().stream()
                        .dropWhile(step -> adds(step.node()))
                        .toList())
                .filter(SplitBatchNorm::gains)
                .flatMap(steps -> split(new AffineRun(steps), node));
    }

    private static boolean adds(Node node) {
        return node.op() instanceof Binary(var kind) && (kind == Binary.Kind.ADD || kind == Binary.Kind.SUB);
    }

    private static boolean gains(List<AffineRun.AffineNode> steps) {
        boolean normalises = steps.stream().anyMatch(step -> step.node().op() instanceof BatchNormalization);
        int after = steps.stream().anyMatch(step -> adds(step.node())) ? 2 : 1;
        return normalises || steps.size() > after;
    }

    private static Optional<Patch> split(AffineRun run, Node last) {
        ChannelAffine affine = run.composed();
        TensorType type = constantType(last.output().type(), affine.factor().length);
        Optional<Tensor> factor = WeightedNode.finite(type, c -> affine.factor()[(int) c]);
        Optional<Tensor> shift = WeightedNode.finite(type, c -> affine.shift()[(int) c]);
        if (factor.isEmpty() || shift.isEmpty()) {
            return Optional.empty();
        }
        Value factors = new Value(last.name() + ".factor", type);
        List<Value> multiplied = List.of(run.input(), factors);
        if (!affine.shifts()) {
            return Optional.of(Patch.replace(new Node(last.name(), MULTIPLY, multiplied, last.outputs()))
                    .withConstant(factors, factor.get()));
        }
        Value shifts = new Value(last.name() + ".shift", type);
        Value scaled = new Value(last.name() + ".scaled", last.output().type());
        return Optional.of(Patch.replace(
                        new Node(last.name() + ".scale", MULTIPLY, multiplied, List.of(scaled)),
                        new Node(last.name(), Binary.ADD, List.of(scaled, shifts), last.outputs()))
                .withConstant(factors, factor.get())
                .withConstant(shifts, shift.get()));
    }

    /// `[C,1,…]`, which stands against dimension 1 of the input.
    private static TensorType constantType(TensorType input, long channels) {
        long[] dims = new long[input.shape().rank() - 1];
        Arrays.fill(dims, 1);
        dims[0] = channels;
        return new TensorType(input.element(), Shape.of(dims));
    }
}
