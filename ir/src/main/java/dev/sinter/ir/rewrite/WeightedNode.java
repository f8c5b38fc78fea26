package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import java.util.function.LongUnaryOperator;

/// A node whose every output channel is a sum weighted by constants, plus a constant bias: to scale and shift its
/// channels is to give it other weights and another bias.
///
/// @param op the operator as it is with a bias per channel
/// @param channelOf the output channel that a weight belongs to, by the weight's place in row-major order
/// @param bias of each output channel; zeros if there is none
record WeightedNode(Node node, Op op, Tensor weights, LongUnaryOperator channelOf, double[] bias) {
    static Optional<WeightedNode> of(Graph graph, Node node) {
        boolean isWeighted =
                node.op() instanceof Conv || node.op() instanceof ConvTranspose || node.op() instanceof Gemm;
        if (!isWeighted) {
            return Optional.empty();
        }
        Optional<Tensor> weights = graph.constant(node.input(1));
        if (weights.isEmpty() || weights.get().shape().elements() == 0) {
            return Optional.empty();
        }
        double[] bias = new double[Math.toIntExact(node.output().type().shape().dim(1))];
        if (node.inputs().size() == 3) {
            Tensor tensor = graph.constant(node.input(2)).orElse(null);
            if (tensor == null || !isPerChannel(tensor.shape())) {
                return Optional.empty();
            }
            double scale = node.op() instanceof Gemm gemm ? gemm.beta() : 1;
            long elements = tensor.shape().elements();
            Arrays.setAll(bias, c -> scale == 0 ? 0 : scale * tensor.get(elements == 1 ? 0 : c));
        }
        Op op = node.op() instanceof Gemm(double alpha, _, boolean transposeA, boolean transposeB)
                ? new Gemm(alpha, 1, transposeA, transposeB)
                : node.op();
        return Optional.of(new WeightedNode(node, op, weights.get(), channelOf(node), bias));
    }

    /// A matrix may be added by `gemm` that differs from row to row.
    private static boolean isPerChannel(Shape bias) {
        return bias.elements() == 1 || bias.dim(bias.rank() - 1) == bias.elements();
    }

    /// The output channel that a weight of a convolution or matrix product belongs to, by the weight's place in
    /// row-major order.
    static LongUnaryOperator channelOf(Node node) {
        Shape weights = node.input(1).type().shape();
        if (node.op() instanceof MatMul && weights.rank() == 1) {
            return _ -> 0;
        }
        if (node.op() instanceof MatMul || node.op() instanceof Gemm gemm && !gemm.transposeB()) {
            long columns = weights.dim(weights.rank() - 1);
            return i -> i % columns;
        }
        long perRow = weights.elements() / weights.dim(0);
        if (node.op() instanceof ConvTranspose conv) {
            long rowsPerGroup = weights.dim(0) / conv.groups();
            long perGroup = weights.dim(1);
            long points = perRow / perGroup;
            return i -> i / perRow / rowsPerGroup * perGroup + i / points % perGroup;
        }
        return i -> i / perRow;
    }

    /// A node that yields `output`: this one's channels, scaled and shifted. Empty if a weight would leave the range of
    /// its type.
    Optional<Patch> then(ChannelAffine affine, Value output) {
        List<Value> inputs = new ArrayList<>(node.inputs().subList(0, 2));
        Patch patch = Patch.replace();
        if (affine.scales()) {
            Optional<Tensor> scaled =
                    finite(weights.type(), i -> weights.get(i) * affine.factor()[(int) channelOf.applyAsLong(i)]);
            if (scaled.isEmpty()) {
                return Optional.empty();
            }
            inputs.set(1, new Value(DerivedName.folded(node.input(1).name()), weights.type()));
            patch = patch.withConstant(inputs.get(1), scaled.get());
        }
        if (node.inputs().size() == 3 || affine.shifts()) {
            TensorType type = new TensorType(output.type().element(), Shape.of(bias.length));
            Optional<Tensor> shifted =
                    finite(type, c -> bias[(int) c] * affine.factor()[(int) c] + affine.shift()[(int) c]);
            if (shifted.isEmpty()) {
                return Optional.empty();
            }
            String name =
                    node.inputs().size() == 3 ? DerivedName.folded(node.input(2).name()) : node.name() + ".bias";
            Value value = new Value(name, type);
            patch = patch.withConstant(value, shifted.get());
            inputs = List.of(inputs.get(0), inputs.get(1), value);
        }
        return Optional.of(patch.withNode(new Node(node.name(), op, inputs, List.of(output))));
    }

    static Optional<Tensor> finite(TensorType type, LongToDoubleFunction values) {
        Tensor tensor = Tensor.allocate(type);
        long elements = type.shape().elements();
        for (long i = 0; i < elements; i++) {
            tensor.set(i, values.applyAsDouble(i));
            if (!Double.isFinite(tensor.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(tensor);
    }
}
