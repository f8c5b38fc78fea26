package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.op.Transpose;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Moves the scale of quantised numbers below what can be computed on the integers: max(0, s·x) = s · max(0, x), and
/// likewise max pooling, means of a known number of elements, and movement. Scales meet there with those of the next
/// tensor, and one factor rescales the integers.
public record SinkScales() implements Rule {
    @Override
    public String name() {
        return "sink-scales";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        if (node.inputs().size() != 1 || node.outputs().size() != 1) {
            return Optional.empty();
        }
        return ScaledIntegers.of(graph, node.input(0))
                .filter(scaled -> scaled.permutation().isEmpty())
                .flatMap(scaled -> switch (node.op()) {
                    case Unary(var kind) when kind == Unary.Kind.RELU -> rectified(node, scaled);
                    case MaxPool pool -> pooled(node, scaled, pool);
                    case AveragePool pool -> averaged(graph, node, scaled, pool);
                    case Reduce reduce when reduce.kind() == Reduce.Kind.MEAN -> mean(graph, node, scaled, reduce);
                    case Transpose transpose -> moved(node, scaled, transpose);
                    default -> node.op().role() == Role.RESHAPE ? moved(node, scaled, node.op()) : Optional.empty();
                });
    }

    private static Optional<Patch> rectified(Node node, ScaledIntegers scaled) {
        return isPositive(scaled.scale())
                ? Optional.of(onIntegers(node, node.op(), scaled.integers(), scaled.scale()))
                : Optional.empty();
    }

    private static Optional<Patch> pooled(Node node, ScaledIntegers scaled, MaxPool pool) {
        boolean applies = isPositive(scaled.scale())
                && scaled.integers().type().element().bytes() <= Integer.BYTES
                && scaled.along(1).isPresent()
                && alwaysInside(pool.window());
        return applies ? Optional.of(onIntegers(node, pool, scaled.integers(), scaled.scale())) : Optional.empty();
    }

    /// The greatest of no elements is another for integers than for real numbers.
    private static boolean alwaysInside(Window window) {
        for (int axis = 0; axis < window.rank(); axis++) {
            long kernel = window.kernel().get(axis);
            if (window.padBegin(axis) >= kernel || window.padEnd(axis) >= kernel) {
                return false;
            }
        }
        return window.dilations().stream().allMatch(dilation -> dilation == 1)
                && !(window.ceilMode() && isPadded(window));
    }

    private static Optional<Patch> moved(Node node, ScaledIntegers scaled, Op op) {
        return scaled.one().map(scale -> onIntegers(node, op, scaled.integers(), scalar(scale)));
    }

    /// The sum, and the scale divided by the number of elements.
    private static Optional<Patch> mean(Graph graph, Node node, ScaledIntegers scaled, Reduce reduce) {
        double count = (double) node.input(0).type().shape().elements()
                / node.output().type().shape().elements();
        Reduce sum = new Reduce(Reduce.Kind.SUM, reduce.axes(), reduce.keepDims());
        return scaled.one()
                .filter(_ -> count >= 1 && fits(graph, scaled, count))
                .map(scale -> {
                    NodesInstead instead = new NodesInstead(node);
                    Value integers = instead.add("integers", sum, instead.wide("wide", scaled.integers()));
                    return scaled(instead, integers, scalar(scale / count));
                });
    }

    /// As a depthwise convolution with ones, where every window has as many elements.
    private static Optional<Patch> averaged(Graph graph, Node node, ScaledIntegers scaled, AveragePool pool) {
        Window window = pool.window();
        boolean countsAlike = !window.ceilMode() && (pool.countIncludePad() || !isPadded(window));
        if (!countsAlike || scaled.one().isEmpty() || !fits(graph, scaled, window.points())) {
            return Optional.empty();
        }
        NodesInstead instead = new NodesInstead(node);
        Value wide = instead.wide("wide", scaled.integers());
        long channels = wide.type().shape().dim(1);
        List<Long> dims = new ArrayList<>(List.of(channels, 1L));
        dims.addAll(window.kernel());
        Value ones = instead.constant("ones", Tensor.filled(new TensorType(ElementType.INT32, new Shape(dims)), 1));
        Conv conv = new Conv(window.strides(), window.pads(), window.dilations(), channels);
        Value sums = instead.add("integers", conv, wide, ones);
        return Optional.of(scaled(instead, sums, scalar(scaled.one().get() / window.points())));
    }

    private static boolean fits(Graph graph, ScaledIntegers scaled, double terms) {
        return terms * IntegerInterval.of(graph, scaled.integers()).magnitude() <= Integer.MAX_VALUE;
    }

    private static boolean isPositive(Tensor scale) {
        return scale.allMatch(value -> value > 0 && value < Double.POSITIVE_INFINITY);
    }

    private static boolean isPadded(Window window) {
        return window.pads().stream().anyMatch(pad -> pad > 0);
    }

    private static Tensor scalar(double scale) {
        return Tensor.filled(TensorType.of(ElementType.FLOAT32), scale);
    }

    private static Patch onIntegers(Node node, Op op, Value integers, Tensor scale) {
        NodesInstead instead = new NodesInstead(node);
        return scaled(instead, instead.add("integers", op, integers), scale);
    }

    private static Patch scaled(NodesInstead instead, Value integers, Tensor scale) {
        Value real = instead.add("real", new Cast(ElementType.FLOAT32), integers);
        return instead.finish(new Binary(Binary.Kind.MUL), real, instead.constant("scale", scale));
    }
}
