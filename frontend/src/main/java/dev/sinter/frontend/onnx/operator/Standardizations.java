package dev.sinter.frontend.onnx.operator;

import static dev.sinter.ir.op.Binary.Kind.ADD;
import static dev.sinter.ir.op.Binary.Kind.DIV;
import static dev.sinter.ir.op.Binary.Kind.MAX;
import static dev.sinter.ir.op.Binary.Kind.MUL;
import static dev.sinter.ir.op.Binary.Kind.SUB;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/// Normalisations by a mean and deviation that are found as the network runs, composed of reductions and arithmetic.
final class Standardizations {
    static final List<Row> ROWS = List.of(
            Row.of("InstanceNormalization", Standardizations::instance),
            Row.of("GroupNormalization", 18, Standardizations::group),
            Row.many("LayerNormalization", 17, 3, Standardizations::layer),
            Row.of("RMSNormalization", 23, Standardizations::rootMeanSquare),
            Row.of("MeanVarianceNormalization", 9, Standardizations::meanVariance),
            Row.of("LpNormalization", Standardizations::length));

    /// What (x - mean) / deviation is made of.
    private record Parts(Operand mean, Operand deviation, Operand normal) {}

    private Standardizations() {}

    private static Operand mean(OnnxNode node, Operand x, List<Long> axes) {
        return node.apply(new Reduce(Reduce.Kind.MEAN, axes, true), x);
    }

    /// sqrt(mean(x²) + epsilon).
    private static Operand deviation(OnnxNode node, Operand x, List<Long> axes, double epsilon) {
        Operand variance = mean(node, node.apply(MUL, x, x), axes);
        return node.apply(new Unary(Unary.Kind.SQRT), node.apply(ADD, variance, node.scalar(epsilon)));
    }

    private static Parts standardised(OnnxNode node, Operand x, List<Long> axes, double epsilon) {
        Operand mean = mean(node, x, axes);
        Operand centred = node.apply(SUB, x, mean);
        Operand deviation = deviation(node, centred, axes, epsilon);
        return new Parts(mean, deviation, node.apply(DIV, centred, deviation));
    }

    private static double epsilon(OnnxNode node) {
        return node.attributes().number("epsilon", Normalizations.EPSILON);
    }

    private static List<Long> axesFrom(int first, int rank) {
        return LongStream.range(first, rank).boxed().toList();
    }

    private static Shape requireChannels(OnnxNode node) {
        Shape shape = node.input().type().shape();
        if (shape.rank() < 3) {
            throw node.fault(Code.SHAPE_RANK, "input has shape " + shape + " but needs at least 3 dimensions", null);
        }
        return shape;
    }

    /// Each image's each channel by itself.
    private static Operand instance(OnnxNode node) {
        int rank = requireChannels(node).rank();
        Operand normal = standardised(node, node.input(), axesFrom(2, rank), epsilon(node))
                .normal();
        return scaled(node, normal);
    }

    /// Groups of channels.
    private static Operand group(OnnxNode node) {
        // It names the type to compute in, which here is always f32.
        node.attributes().ignore("stash_type");
        Shape shape = requireChannels(node);
        long groups = node.attributes().requiredInteger("num_groups");
        if (groups < 1 || shape.dim(1) % groups != 0) {
            throw node.attributeFault("num_groups is " + groups + " but there are " + shape.dim(1) + " channels");
        }
        List<Long> apart = new ArrayList<>(List.of(shape.dim(0), groups, shape.dim(1) / groups));
        apart.addAll(shape.dims().subList(2, shape.rank()));
        Operand grouped = node.apply(new Reshape(apart), node.input());
        Operand normal = standardised(node, grouped, axesFrom(2, apart.size()), epsilon(node))
                .normal();
        if (node.opset() < 21) {
            // At first scale and bias had an element per group.
            Operand product = node.apply(MUL, normal, perGroup(node, node.input(1, "scale"), groups, apart.size()));
            Operand sum = node.apply(ADD, product, perGroup(node, node.input(2, "bias"), groups, apart.size()));
            return node.apply(new Reshape(shape.dims()), sum);
        }
        return scaled(node, node.apply(new Reshape(shape.dims()), normal));
    }

    /// Times the second operand plus the third, which have an element per channel.
    private static Operand scaled(OnnxNode node, Operand normal) {
        Operand product = node.apply(MUL, normal, perChannel(node, node.input(1, "scale")));
        return node.apply(ADD, product, perChannel(node, node.input(2, "bias")));
    }

    private static Operand perGroup(OnnxNode node, Operand vector, long groups, int rank) {
        if (!vector.type().shape().equals(Shape.of(groups))) {
            throw node.fault(
                    Code.SHAPE_CHANNELS,
                    "has an operand of shape " + vector.type().shape() + " but there are " + groups + " groups",
                    "from opset 21 on there is an element per channel");
        }
        List<Long> dims = new ArrayList<>(List.of(groups));
        dims.addAll(Collections.nCopies(rank - 2, 1L));
        return node.apply(new Reshape(dims), vector);
    }

    private static Operand perChannel(OnnxNode node, Operand vector) {
        Shape x = node.input().type().shape();
        if (!vector.type().shape().equals(Shape.of(x.dim(1)))) {
            throw node.fault(
                    Code.SHAPE_CHANNELS,
                    "has an operand of shape " + vector.type().shape() + " but the input has " + x.dim(1) + " channels",
                    null);
        }
        List<Long> dims = new ArrayList<>(List.of(x.dim(1)));
        dims.addAll(Collections.nCopies(x.rank() - 2, 1L));
        return node.apply(new Reshape(dims), vector);
    }

    /// All dimensions from an axis on; the mean and the inverse deviation are outputs too.
    private static List<Operand> layer(OnnxNode node) {
        node.attributes().ignore("stash_type");
        Operand x = node.input();
        Parts parts = standardised(node, x, trailingAxes(node), epsilon(node));
        Operand product = node.apply(MUL, parts.normal(), node.input(1, "Scale"));
        Operand y = node.optional(2).map(bias -> node.apply(ADD, product, bias)).orElse(product);
        return List.of(y, parts.mean(), node.apply(new Unary(Unary.Kind.RECIPROCAL), parts.deviation()));
    }

    private static List<Long> trailingAxes(OnnxNode node) {
        int rank = node.input().type().shape().rank();
        return axesFrom(Axes.normal(node, node.attributes().integer("axis", -1), rank), rank);
    }

    private static Operand rootMeanSquare(OnnxNode node) {
        node.attributes().ignore("stash_type");
        Operand x = node.input();
        Operand normal = node.apply(DIV, x, deviation(node, x, trailingAxes(node), epsilon(node)));
        return node.apply(MUL, normal, node.input(1, "scale"));
    }

    private static Operand meanVariance(OnnxNode node) {
        Operand x = node.input();
        List<Long> named = node.attributes().integers("axes").orElse(List.of(0L, 2L, 3L));
        List<Long> axes = Axes.normal(node, named, x.type().shape().rank()).stream()
                .map(Integer::longValue)
                .toList();
        // The published function keeps the division from 0 / 0 by about as much.
        return standardised(node, x, axes, 1e-18).normal();
    }

    /// By the sum of magnitudes, or the root of the sum of squares, along one axis.
    private static Operand length(OnnxNode node) {
        Operand x = node.input();
        int rank = x.type().shape().rank();
        long axis = Axes.normal(node, node.attributes().integer("axis", -1), rank);
        long p = node.attributes().integer("p", 2);
        Reduce sum = new Reduce(Reduce.Kind.SUM, List.of(axis), true);
        if (p != 1 && p != 2) {
            throw node.attributeFault("p is " + p + " but must be 1 or 2");
        }
        Operand length = p == 1
                ? node.apply(sum, node.apply(new Unary(Unary.Kind.ABS), x))
                : node.apply(new Unary(Unary.Kind.SQRT), node.apply(sum, node.apply(MUL, x, x)));
        // What has no length stays zero. Where squares underflow the length is lost, but nothing comes out above 1.
        double least = p == 1 ? Float.MIN_NORMAL : Math.sqrt(Float.MIN_NORMAL);
        return node.apply(DIV, x, node.apply(MAX, length, node.scalar(least)));
    }
}
