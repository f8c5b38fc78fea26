package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;

/// What networks are built of: the chains that fusion and rewriting look for, and some that look nearly like them.
@NullMarked
final class BlockLayers {
    private static final List<String> ACTIVATIONS = List.of("Relu", "Relu", "HardSwish", "Sigmoid", "LeakyRelu", "Elu");

    private BlockLayers() {}

    static List<Layer> all() {
        return List.of(
                BlockLayers::convNormActPool,
                BlockLayers::convNormActPool,
                BlockLayers::residual,
                BlockLayers::inverted,
                BlockLayers::branches,
                BlockLayers::dense,
                BlockLayers::attention,
                BlockLayers::hourglass,
                BlockLayers::shuffled,
                BlockLayers::writtenNormalization,
                BlockLayers::writtenActivation,
                BlockLayers::reshapedByItsOwnShape,
                BlockLayers::quantizedConv,
                BlockLayers::paddedConv,
                BlockLayers::classifier,
                BlockLayers::known);
    }

    /// 3x3 or 1x1, of the extents it has.
    private static Optional<Known> conv(Growth network, Known x, long size, long outputs, long groups) {
        int rank = x.rank() - 2;
        List<Long> dims = new ArrayList<>(List.of(outputs, x.dim(1) / groups));
        List<Long> pads = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            dims.add(size);
        }
        for (int side = 0; side < 2 * rank; side++) {
            pads.add(size / 2);
        }
        Shape shape = new Shape(dims);
        if (!x.isSpatial() || network.isTooMuch(x, shape)) {
            return Optional.empty();
        }
        Growth.Draft node = network.node("Conv").reads(x).reads(network.normal(shape, WindowLayers.deviation(shape)));
        return (network.once(2) ? node.reads(network.normal(0.3, outputs)) : node)
                .with("pads", pads)
                .with("group", groups)
                .add();
    }

    private static Optional<Known> norm(Growth network, Known x) {
        return ReductionLayers.norm(network, x).add();
    }

    private static Optional<Known> act(Growth network, Known x) {
        return network.node(network.pick(ACTIVATIONS)).reads(x).add();
    }

    private static long same(Growth network) {
        return network.pick(List.of(1L, 3L, 3L));
    }

    private static Optional<Known> convNormActPool(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        return WindowLayers.conv(network, x)
                .flatMap(y -> network.once(2) ? norm(network, y) : Optional.of(y))
                .flatMap(y -> network.once(4) ? Optional.of(y) : act(network, y))
                .flatMap(y -> network.once(3)
                        ? Optional.of(y)
                        : WindowLayers.pool(network, y).or(() -> Optional.of(y)));
    }

    private static Optional<Known> residual(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        long channels = x.dim(1);
        return conv(network, x, same(network), channels, 1)
                .flatMap(y -> norm(network, y))
                .flatMap(y -> act(network, y))
                .flatMap(y -> conv(network, y, same(network), channels, 1))
                .flatMap(y -> network.node("Add").reads(y, x).add())
                .flatMap(y -> network.once(3) ? Optional.of(y) : act(network, y));
    }

    private static Optional<Known> inverted(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        long wide = x.dim(1) * network.between(1, 3);
        return conv(network, x, 1, wide, 1)
                .flatMap(y -> network.node("Clip")
                        .reads(y)
                        .reads(network.scalar(ElementType.FLOAT32, 0), network.scalar(ElementType.FLOAT32, 6))
                        .add())
                .flatMap(y -> conv(network, y, 3, wide, wide))
                .flatMap(y -> act(network, y))
                .flatMap(y -> conv(network, y, 1, x.dim(1), 1))
                .flatMap(y -> network.node("Add").reads(x, y).add());
    }

    private static Optional<Known> branches(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        List<Known> pieces = new ArrayList<>();
        for (int branch = 0; branch < network.between(2, 4); branch++) {
            long outputs = network.pick(List.of(1L, 4L, 8L, 16L));
            Optional<Known> piece = network.once(4)
                    ? act(network, x)
                    : conv(network, x, same(network), outputs, 1).flatMap(y -> act(network, y));
            piece.ifPresent(pieces::add);
        }
        if (pieces.isEmpty()) {
            return Optional.empty();
        }
        return network.node("Concat")
                .reads(pieces.toArray(Known[]::new))
                .with("axis", 1)
                .add();
    }

    /// Each layer reads all before it.
    private static Optional<Known> dense(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        Optional<Known> all = Optional.of(x);
        for (int layer = 0; layer < 2; layer++) {
            all = all.flatMap(y -> norm(network, y)
                    .flatMap(z -> act(network, z))
                    .flatMap(z -> conv(network, z, 3, network.between(1, 9), 1))
                    .flatMap(z ->
                            network.node("Concat").reads(y, z).with("axis", 1).add()));
        }
        return all;
    }

    private static Optional<Known> attention(Growth network, Known x) {
        if (!x.isReal() || x.rank() != 3 || x.shape().elements() > 600) {
            return Optional.empty();
        }
        Optional<Known> keys = network.node("Transpose")
                .reads(x)
                .with("perm", List.of(0L, 2L, 1L))
                .add();
        return keys.flatMap(k -> network.node("MatMul").reads(x, k).add())
                .flatMap(scores -> network.node(network.once(2) ? "Div" : "Mul")
                        .reads(scores)
                        .reads(network.scalar(ElementType.FLOAT32, Math.sqrt(x.dim(2))))
                        .add())
                .flatMap(scores ->
                        network.node("Softmax").reads(scores).with("axis", -1).add())
                .flatMap(weights -> network.node("MatMul").reads(weights, x).add());
    }

    /// Down, up, and together with what was before.
    private static Optional<Known> hourglass(Growth network, Known x) {
        if (!x.isSpatial() || x.rank() != 4) {
            return Optional.empty();
        }
        List<Long> sizes = x.shape().dims();
        return network.node("MaxPool")
                .reads(x)
                .with("kernel_shape", List.of(2L, 2L))
                .with("strides", List.of(2L, 2L))
                .with("ceil_mode", 1)
                .add()
                .flatMap(y -> network.node("Resize")
                        .reads(y)
                        .reads("", "", network.list(sizes))
                        .with("mode", network.pick(List.of("nearest", "linear")))
                        .add())
                .flatMap(y -> network.node("Concat").reads(x, y).with("axis", 1).add())
                .flatMap(y -> conv(network, y, 3, x.dim(1), 1));
    }

    private static Optional<Known> shuffled(Growth network, Known x) {
        if (x.rank() != 4 || x.dim(1) % 2 != 0) {
            return Optional.empty();
        }
        List<Long> parts = List.of(0L, 2L, x.dim(1) / 2, x.dim(2), x.dim(3));
        return network.node("Reshape")
                .reads(x)
                .reads(network.list(parts))
                .add()
                .flatMap(y -> network.node("Transpose")
                        .reads(y)
                        .with("perm", List.of(0L, 2L, 1L, 3L, 4L))
                        .add())
                .flatMap(y -> network.node("Reshape")
                        .reads(y)
                        .reads(network.list(List.of(0L, -1L, x.dim(2), x.dim(3))))
                        .add());
    }

    /// As exporters wrote it before there was an operator.
    private static Optional<Known> writtenNormalization(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0 || network.opset() >= 18) {
            return Optional.empty();
        }
        List<Long> axes = List.of(-1L);
        Optional<Known> mean =
                network.node("ReduceMean").reads(x).with("axes", axes).add();
        Optional<Known> centred =
                mean.flatMap(m -> network.node("Sub").reads(x, m).add());
        Optional<Known> deviation = centred.flatMap(c -> network.node("Pow")
                        .reads(c)
                        .reads(network.scalar(ElementType.FLOAT32, 2))
                        .add())
                .flatMap(s ->
                        network.node("ReduceMean").reads(s).with("axes", axes).add())
                .flatMap(v -> network.node("Add")
                        .reads(v)
                        .reads(network.scalar(ElementType.FLOAT32, 0.1))
                        .add())
                .flatMap(v -> network.node("Sqrt").reads(v).add());
        return deviation.flatMap(
                d -> network.node("Div").reads(centred.orElseThrow(), d).add());
    }

    private static Optional<Known> writtenActivation(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        if (network.once(2)) {
            return network.node("Sigmoid")
                    .reads(x)
                    .add()
                    .flatMap(s -> network.node("Mul").reads(x, s).add());
        }
        return network.node("Div")
                .reads(x)
                .reads(network.scalar(ElementType.FLOAT32, Math.sqrt(2)))
                .add()
                .flatMap(y -> network.node("Erf").reads(y).add())
                .flatMap(y -> network.node("Add")
                        .reads(y)
                        .reads(network.scalar(ElementType.FLOAT32, 1))
                        .add())
                .flatMap(y -> network.node("Mul").reads(x, y).add())
                .flatMap(y -> network.node("Mul")
                        .reads(y)
                        .reads(network.scalar(ElementType.FLOAT32, 0.5))
                        .add());
    }

    /// To a shape that is computed of the shape there is.
    private static Optional<Known> reshapedByItsOwnShape(Growth network, Known x) {
        if (x.rank() < 2) {
            return Optional.empty();
        }
        return network.node("Shape")
                .reads(x)
                .add()
                .flatMap(shape -> network.node("Gather")
                        .reads(shape)
                        .reads(network.list(List.of(0L)))
                        .add())
                .flatMap(batch -> network.node("Concat")
                        .reads(batch)
                        .reads(network.list(List.of(-1L)))
                        .with("axis", 0)
                        .add())
                .flatMap(shape -> network.node("Reshape").reads(x, shape).add());
    }

    private static Optional<Known> quantizedConv(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        return IntegerLayers.roundTrip(network, x)
                .flatMap(y -> conv(network, y, same(network), network.pick(WindowLayers.CHANNELS), 1))
                .flatMap(y -> network.once(2) ? act(network, y) : Optional.of(y))
                .flatMap(y -> IntegerLayers.roundTrip(network, y));
    }

    private static Optional<Known> paddedConv(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        List<Long> pads = LongStream.range(0, 2L * x.rank())
                .mapToObj(side -> side % x.rank() < 2 ? 0 : network.between(-1, 2))
                .toList();
        return network.node("Pad")
                .reads(x)
                .reads(network.list(pads))
                .add()
                .flatMap(y -> network.once(2) ? WindowLayers.conv(network, y) : WindowLayers.pool(network, y));
    }

    private static Optional<Known> classifier(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        return network.node("GlobalAveragePool")
                .reads(x)
                .add()
                .flatMap(y -> network.node("Flatten").reads(y).add())
                .flatMap(y -> network.node("Gemm")
                        .reads(y)
                        .reads(network.normal(0.5, 10, y.dim(1)), network.normal(1, 10))
                        .with("transB", 1)
                        .add())
                .flatMap(y -> network.node("Softmax").reads(y).add());
    }

    /// On from a constant, of which all that follows may be computed before the network runs.
    private static Optional<Known> known(Growth network, Known x) {
        return x.isReal() ? network.known(x.shape()).flatMap(k -> FunctionLayers.common(network, k)) : Optional.empty();
    }
}
