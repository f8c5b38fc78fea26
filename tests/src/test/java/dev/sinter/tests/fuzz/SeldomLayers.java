package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// Operators that few networks have, and that read where other operators say.
@NullMarked
final class SeldomLayers {
    private SeldomLayers() {}

    static List<Layer> all() {
        return List.of(
                SeldomLayers::gatherElements,
                SeldomLayers::gatherNd,
                SeldomLayers::scatterElements,
                SeldomLayers::scatterNd,
                SeldomLayers::oneHot,
                SeldomLayers::gridSample,
                SeldomLayers::einsum,
                SeldomLayers::recurrent,
                SeldomLayers::recurrent,
                SeldomLayers::groupNormalization,
                SeldomLayers::unpool,
                SeldomLayers::columnsToImage,
                SeldomLayers::bits,
                SeldomLayers::specialNumbers,
                SeldomLayers::remainder,
                SeldomLayers::logical,
                SeldomLayers::cropped,
                SeldomLayers::compressed,
                SeldomLayers::roiAlign,
                SeldomLayers::trigonometric,
                SeldomLayers::narrow);
    }

    private static Optional<Known> gatherElements(Growth network, Known x) {
        if (x.rank() == 0) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        long[] dims = dims(x);
        for (int i = 0; i < dims.length; i++) {
            dims[i] = i == axis ? network.between(1, dims[i] + 2) : network.between(1, dims[i]);
        }
        return network.node("GatherElements")
                .reads(x)
                .reads(network.integers(ElementType.INT64, -x.dim(axis), x.dim(axis) - 1, dims))
                .with("axis", network.once(2) ? axis : axis - x.rank())
                .add();
    }

    private static Optional<Known> gatherNd(Growth network, Known x) {
        if (x.rank() == 0) {
            return Optional.empty();
        }
        long least = x.shape().dims().stream().mapToLong(extent -> extent).min().orElse(1);
        long depth = network.between(1, x.rank());
        return network.node("GatherND")
                .reads(x)
                .reads(network.integers(ElementType.INT64, -least, least - 1, network.between(1, 4), depth))
                .add();
    }

    private static Optional<Known> scatterElements(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        long[] dims = dims(x);
        dims[axis] = 1;
        return network.node("ScatterElements")
                .reads(x)
                .reads(
                        network.integers(ElementType.INT64, -x.dim(axis), x.dim(axis) - 1, dims),
                        network.normal(1, dims))
                .with("axis", axis)
                .add();
    }

    private static Optional<Known> scatterNd(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0) {
            return Optional.empty();
        }
        long[] rest = dims(x);
        rest[0] = 1;
        return network.node("ScatterND")
                .reads(x)
                .reads(network.integers(ElementType.INT64, 0, x.dim(0) - 1, 1, 1), network.normal(1, rest))
                .add();
    }

    private static Optional<Known> oneHot(Growth network, Known x) {
        if (x.element() != ElementType.INT64 && x.element() != ElementType.INT32) {
            return Optional.empty();
        }
        return network.node("OneHot")
                .reads(x)
                .reads(network.scalar(ElementType.INT64, network.between(1, 9)), network.normal(1, 2))
                .with("axis", network.between(-x.rank() - 1, x.rank()))
                .add();
    }

    private static Optional<Known> gridSample(Growth network, Known x) {
        if (!x.isSpatial() || x.rank() != 4 || network.opset() < 16) {
            return Optional.empty();
        }
        boolean old = network.opset() < 20;
        List<String> modes = old ? List.of("bilinear", "nearest", "bicubic") : List.of("linear", "nearest", "cubic");
        return network.node("GridSample")
                .reads(x)
                .reads(network.uniform(-1.3, 1.3, x.dim(0), network.between(1, 5), network.between(1, 5), 2))
                .with("mode", network.pick(modes))
                .with("padding_mode", network.pick(List.of("zeros", "border", "reflection")))
                .with("align_corners", network.once(2))
                .add();
    }

    private static Optional<Known> einsum(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        return switch (x.rank()) {
            case 2 ->
                network.node("Einsum")
                        .reads(x)
                        .reads(network.normal(0.5, x.dim(1), network.between(1, 9)))
                        .with("equation", network.pick(List.of("ij,jk->ik", "ij,jk->ki", "ij,jk", "ij,jk->i")))
                        .add();
            case 3 ->
                network.node("Einsum")
                        .reads(x)
                        .reads(network.normal(0.5, x.dim(2), network.between(1, 9)))
                        .with("equation", network.pick(List.of("bij,jk->bik", "bij,jk->bk", "...j,jk->...k")))
                        .add();
            case 4 ->
                network.node("Einsum")
                        .reads(x)
                        .with("equation", network.pick(List.of("nchw->nhwc", "nchw->nc", "nchw->chnw")))
                        .add();
            default -> Optional.empty();
        };
    }

    private static Optional<Known> recurrent(Growth network, Known x) {
        if (!x.isReal() || x.rank() != 3 || x.dim(0) > 5 || x.dim(1) > 8) {
            return Optional.empty();
        }
        String operator = network.pick(List.of("RNN", "GRU", "LSTM"));
        long gates = operator.equals("RNN") ? 1 : operator.equals("GRU") ? 3 : 4;
        long hidden = network.between(1, 5);
        String direction = network.pick(List.of("forward", "reverse", "bidirectional"));
        long directions = direction.equals("bidirectional") ? 2 : 1;
        Growth.Draft node = network.node(operator)
                .reads(x)
                .reads(
                        network.normal(0.3, directions, gates * hidden, x.dim(2)),
                        network.normal(0.3, directions, gates * hidden, hidden))
                .with("hidden_size", hidden)
                .with("direction", direction);
        if (network.once(2)) {
            node.reads(network.normal(0.3, directions, 2 * gates * hidden));
        }
        if (operator.equals("GRU") && network.once(2)) {
            node.with("linear_before_reset", 1);
        }
        return node.add(2).map(network::pick);
    }

    private static Optional<Known> groupNormalization(Growth network, Known x) {
        if (!x.isSpatial() || network.opset() < 21) {
            return Optional.empty();
        }
        return network.node("GroupNormalization")
                .reads(x)
                .reads(network.normal(1, x.dim(1)), network.normal(1, x.dim(1)))
                .with("num_groups", WindowLayers.divisor(network, x.dim(1)))
                .with("epsilon", 0.1)
                .add();
    }

    private static Optional<Known> unpool(Growth network, Known x) {
        if (!x.isSpatial() || x.rank() != 4 || x.dim(2) < 2 || x.dim(3) < 2) {
            return Optional.empty();
        }
        List<Long> two = List.of(2L, 2L);
        return network.node("MaxPool")
                .reads(x)
                .with("kernel_shape", two)
                .with("strides", two)
                .add(2)
                .flatMap(pooled -> network.node("MaxUnpool")
                        .reads(pooled.toArray(Known[]::new))
                        .with("kernel_shape", two)
                        .with("strides", two)
                        .add());
    }

    private static Optional<Known> columnsToImage(Growth network, Known x) {
        if (!x.isReal() || x.rank() != 3 || network.opset() < 18) {
            return Optional.empty();
        }
        long side = Math.round(Math.sqrt(x.dim(2)));
        long size = x.dim(1) % 4 == 0 ? 2 : 1;
        return network.node("Col2Im")
                .reads(x)
                .reads(
                        network.list(List.of(side + size - 1, x.dim(2) / side + size - 1)),
                        network.list(List.of(size, size)))
                .add();
    }

    private static Optional<Known> bits(Growth network, Known x) {
        if (x.element() == ElementType.UINT8) {
            return network.node("BitShift")
                    .reads(x)
                    .reads(network.scalar(ElementType.UINT8, network.between(0, 7)))
                    .with("direction", network.pick(List.of("LEFT", "RIGHT")))
                    .add();
        }
        if (x.element() != ElementType.INT32 || network.opset() < 18) {
            return Optional.empty();
        }
        String operator = network.pick(List.of("BitwiseAnd", "BitwiseOr", "BitwiseXor"));
        return network.node(operator)
                .reads(x)
                .reads(network.scalar(ElementType.INT32, network.between(-9, 9)))
                .add();
    }

    private static Optional<Known> specialNumbers(Growth network, Known x) {
        return x.isReal()
                ? network.node(network.pick(List.of("IsNaN", "IsInf"))).reads(x).add()
                : Optional.empty();
    }

    private static Optional<Known> remainder(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        return network.node("Mod")
                .reads(x)
                .reads(network.scalar(ElementType.FLOAT32, 0.75))
                .with("fmod", 1)
                .add();
    }

    private static Optional<Known> logical(Growth network, Known x) {
        List<Known> fitting = new ArrayList<>(network.values());
        fitting.removeIf(
                other -> other.element() != ElementType.BOOL || !FunctionLayers.stretches(other.shape(), x.shape()));
        if (x.element() != ElementType.BOOL) {
            return Optional.empty();
        }
        return network.node(network.pick(List.of("And", "Or", "Xor", "Equal")))
                .reads(x, network.pick(fitting))
                .add();
    }

    private static Optional<Known> cropped(Growth network, Known x) {
        if (network.opset() < 18 || x.rank() == 0) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        return network.node("CenterCropPad")
                .reads(x)
                .reads(network.list(List.of(network.between(1, x.dim(axis) + 3))))
                .with("axes", List.of((long) axis))
                .add();
    }

    /// By a known condition.
    private static Optional<Known> compressed(Growth network, Known x) {
        if (x.rank() == 0) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        return network.node("Compress")
                .reads(x)
                .reads(network.integers(ElementType.BOOL, 0, 1, network.between(1, x.dim(axis))))
                .with("axis", axis)
                .add();
    }

    private static Optional<Known> roiAlign(Growth network, Known x) {
        if (!x.isSpatial() || x.rank() != 4 || network.opset() < 16) {
            return Optional.empty();
        }
        return network.node("RoiAlign")
                .reads(x)
                .reads(network.uniform(0, 5, 2, 4), network.integers(ElementType.INT64, 0, x.dim(0) - 1, 2))
                .with("output_height", network.between(1, 3))
                .with("output_width", network.between(1, 3))
                .with("sampling_ratio", network.between(1, 2))
                .add();
    }

    private static Optional<Known> trigonometric(Growth network, Known x) {
        List<String> bounded = List.of("Asin", "Acos", "Atanh", "Tan", "Sinh", "Cosh");
        return x.isReal()
                ? network.node("Sin")
                        .reads(x)
                        .add()
                        .flatMap(y -> network.node("Mul")
                                .reads(y)
                                .reads(network.scalar(ElementType.FLOAT32, 0.9))
                                .add())
                        .flatMap(y ->
                                network.node(network.pick(bounded)).reads(y).add())
                : Optional.empty();
    }

    /// To half precision and back.
    private static Optional<Known> narrow(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        return network.node("Cast")
                .reads(x)
                .with("to", 10)
                .add()
                .flatMap(half -> network.node("Cast").reads(half).with("to", 1).add());
    }

    private static long[] dims(Known x) {
        return x.shape().dims().stream().mapToLong(extent -> extent).toArray();
    }
}
