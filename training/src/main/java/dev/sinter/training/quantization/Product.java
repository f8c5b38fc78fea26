package dev.sinter.training.quantization;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Arrays;
import java.util.Optional;

/// A layer that multiplies what it reads by constants and adds constants: a convolution, transposed convolution or
/// matrix product.
///
/// @param op the operator once factors of its own are in weights and bias
/// @param factor what weights are multiplied by
/// @param channelAxis which dimension of the weights tells output channels apart; -1 if none does
/// @param bias of each output channel; empty if the operator takes none
record Product(Node node, Op op, Tensor weights, double factor, int channelAxis, Optional<double[]> bias) {
    /// Empty for other nodes, and where weights or bias are computed or not for a channel each.
    static Optional<Product> of(Graph graph, Node node) {
        if (!isProduct(node.op()) || node.output().type().element() != ElementType.FLOAT32) {
            return Optional.empty();
        }
        Tensor weights = graph.constant(node.input(1)).orElse(null);
        if (weights == null || weights.shape().elements() == 0 || isConstant(graph, node)) {
            return Optional.empty();
        }
        return switch (node.op()) {
            case Conv conv -> biased(graph, node, conv, weights, 1, 0, 1);
            case ConvTranspose conv -> biased(graph, node, conv, weights, 1, 1, 1);
            case Gemm(double alpha, double beta, boolean transposeA, boolean transposeB) ->
                biased(graph, node, new Gemm(1, 1, transposeA, transposeB), weights, alpha, transposeB ? 0 : 1, beta);
            case MatMul matMul -> {
                int axis = weights.shape().rank() == 2 ? 1 : -1;
                yield Optional.of(new Product(node, matMul, weights, 1, axis, Optional.empty()));
            }
            default -> Optional.empty();
        };
    }

    private static boolean isProduct(Op op) {
        return op instanceof Conv || op instanceof ConvTranspose || op instanceof Gemm || op instanceof MatMul;
    }

    private static boolean isConstant(Graph graph, Node node) {
        return graph.constant(node.input(0)).isPresent();
    }

    private static Optional<Product> biased(
            Graph graph, Node node, Op op, Tensor weights, double factor, int axis, double biasFactor) {
        double[] bias = new double[Math.toIntExact(node.output().type().shape().dim(1))];
        if (node.inputs().size() == 3) {
            Tensor given = graph.constant(node.input(2)).orElse(null);
            if (given == null || !isPerChannel(given.shape())) {
                return Optional.empty();
            }
            boolean single = given.shape().elements() == 1;
            Arrays.setAll(bias, channel -> biasFactor * given.get(single ? 0 : channel));
        }
        return Optional.of(new Product(node, op, weights, factor, axis, Optional.of(bias)));
    }

    /// A matrix may be added that differs from row to row.
    private static boolean isPerChannel(Shape bias) {
        return bias.elements() == 1 || bias.dim(bias.rank() - 1) == bias.elements();
    }

    /// How many scales the weights have if each output channel has its own; groups of a transposed convolution share
    /// them.
    int scales() {
        return channelAxis < 0 ? 1 : Math.toIntExact(weights.shape().dim(channelAxis));
    }

    /// Which of these scales a weight has, by its place in row-major order.
    int scaleOf(long place) {
        if (channelAxis < 0) {
            return 0;
        }
        long inside = 1;
        for (int axis = channelAxis + 1; axis < weights.shape().rank(); axis++) {
            inside *= weights.shape().dim(axis);
        }
        return (int) (place / inside % weights.shape().dim(channelAxis));
    }

    double weight(long place) {
        return factor * weights.get(place);
    }
}
