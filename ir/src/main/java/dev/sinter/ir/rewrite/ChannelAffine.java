package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.Arrays;
import java.util.Optional;

/// What a node does to each channel, dimension 1 of its input: y = factor · x + shift, in double.
///
/// @param input x
record ChannelAffine(Value input, double[] factor, double[] shift) {
    /// Beyond it no convolution has weights that could take what is done to each channel.
    private static final long MOST_CHANNELS = 1 << 20;

    /// Batch normalisation with constant parameters, or arithmetic with one constant per channel or for all.
    static Optional<ChannelAffine> of(Graph graph, Node node) {
        if (node.op() instanceof BatchNormalization(double epsilon)) {
            return ofBatchNormalization(graph, node, epsilon);
        }
        if (!(node.op() instanceof Binary(var kind))
                || !node.output().type().element().isFloating()) {
            return Optional.empty();
        }
        return switch (kind) {
            case ADD -> withConstant(graph, node, 1, 1, 1).or(() -> withConstant(graph, node, 0, 1, 1));
            case SUB -> withConstant(graph, node, 1, 1, -1).or(() -> withConstant(graph, node, 0, -1, 1));
            case MUL -> scaled(graph, node, 1).or(() -> scaled(graph, node, 0));
            case DIV -> perChannel(graph, node, 1).map(divisor -> scaling(node.input(0), inverse(divisor)));
            case MAX, MIN, POW -> Optional.empty();
        };
    }

    private static Optional<ChannelAffine> ofBatchNormalization(Graph graph, Node node, double epsilon) {
        Tensor[] parameters = new Tensor[4];
        for (int i = 0; i < 4; i++) {
            Optional<Tensor> parameter = graph.constant(node.input(i + 1));
            if (parameter.isEmpty()) {
                return Optional.empty();
            }
            parameters[i] = parameter.get();
        }
        double[] factor = new double[Math.toIntExact(parameters[0].shape().elements())];
        double[] shift = new double[factor.length];
        for (int c = 0; c < factor.length; c++) {
            factor[c] = parameters[0].get(c) / Math.sqrt(parameters[3].get(c) + epsilon);
            shift[c] = parameters[1].get(c) - parameters[2].get(c) * factor[c];
        }
        return Optional.of(new ChannelAffine(node.input(0), factor, shift));
    }

    private static Optional<ChannelAffine> withConstant(
            Graph graph, Node node, int constant, double factor, double sign) {
        return perChannel(graph, node, constant).map(values -> {
            double[] factors = new double[values.length];
            Arrays.fill(factors, factor);
            return new ChannelAffine(
                    node.input(1 - constant),
                    factors,
                    Arrays.stream(values).map(value -> sign * value).toArray());
        });
    }

    private static Optional<ChannelAffine> scaled(Graph graph, Node node, int constant) {
        return perChannel(graph, node, constant).map(values -> scaling(node.input(1 - constant), values));
    }

    private static ChannelAffine scaling(Value input, double[] factor) {
        return new ChannelAffine(input, factor, new double[factor.length]);
    }

    private static double[] inverse(double[] values) {
        return Arrays.stream(values).map(value -> 1 / value).toArray();
    }

    /// The constant operand, one number per channel of the other; empty if it is not constant or varies within one.
    private static Optional<double[]> perChannel(Graph graph, Node node, int operand) {
        Value other = node.input(1 - operand);
        boolean applies = other.type().shape().rank() >= 2
                && other.type().shape().dim(1) <= MOST_CHANNELS
                && node.output().type().equals(other.type())
                && graph.constant(other).isEmpty();
        return graph.constant(node.input(operand)).filter(_ -> applies).flatMap(tensor -> perChannel(tensor, other));
    }

    private static Optional<double[]> perChannel(Tensor tensor, Value other) {
        Shape shape = tensor.shape();
        long elements = shape.elements();
        // Broadcasting aligns shapes at their ends.
        int channelAxis = shape.rank() - other.type().shape().rank() + 1;
        boolean isVector = channelAxis >= 0 && shape.dim(channelAxis) == elements;
        if (elements != 1 && !isVector) {
            return Optional.empty();
        }
        double[] values = new double[Math.toIntExact(other.type().shape().dim(1))];
        Arrays.setAll(values, c -> tensor.get(elements == 1 ? 0 : c));
        return Optional.of(values);
    }

    /// First this, then `next`.
    ChannelAffine then(ChannelAffine next) {
        double[] factors = new double[factor.length];
        double[] shifts = new double[factor.length];
        for (int c = 0; c < factors.length; c++) {
            factors[c] = next.factor[c] * factor[c];
            shifts[c] = next.factor[c] * shift[c] + next.shift[c];
        }
        return new ChannelAffine(input, factors, shifts);
    }

    boolean scales() {
        return !Arrays.stream(factor).allMatch(value -> value == 1);
    }

    boolean shifts() {
        return !Arrays.stream(shift).allMatch(value -> value == 0);
    }
}
