package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;

/// Convolutions and pools: odd strides, pads that differ from side to side, dilations, groups, partial windows.
@NullMarked
final class WindowLayers {
    static final List<Long> CHANNELS = List.of(1L, 2L, 3L, 5L, 8L, 16L, 17L, 24L, 32L, 33L);

    private WindowLayers() {}

    static List<Layer> all() {
        return List.of(
                WindowLayers::conv,
                WindowLayers::conv,
                WindowLayers::conv,
                WindowLayers::depthwise,
                WindowLayers::convTranspose,
                WindowLayers::maxPool,
                WindowLayers::maxPool,
                WindowLayers::averagePool,
                WindowLayers::averagePool,
                WindowLayers::lpPool,
                WindowLayers::maxPoolIndices,
                WindowLayers::globalPool);
    }

    static Optional<Known> conv(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        long channels = x.dim(1);
        long groups = network.once(4) ? divisor(network, channels) : 1;
        long outputs = groups == 1
                ? network.pick(CHANNELS)
                : groups * network.pick(List.of(1L, 1L, 2L, 3L, Math.max(1, 16 / Math.min(16, groups))));
        return conv(network, x, groups, outputs);
    }

    private static Optional<Known> depthwise(Growth network, Known x) {
        return x.isSpatial() ? conv(network, x, x.dim(1), x.dim(1) * network.between(1, 2)) : Optional.empty();
    }

    private static Optional<Known> conv(Growth network, Known x, long groups, long outputs) {
        List<Long> kernel = kernel(network, x);
        List<Long> weights = new ArrayList<>(List.of(outputs, x.dim(1) / groups));
        weights.addAll(kernel);
        Shape shape = new Shape(weights);
        if (network.isTooMuch(x, shape)) {
            return Optional.empty();
        }
        Growth.Draft node = network.node("Conv").reads(x).reads(network.normal(shape, deviation(shape)));
        if (network.random().nextBoolean()) {
            node.reads(network.normal(0.3, outputs));
        }
        window(network, node, kernel, true);
        return (groups == 1 && network.once(2) ? node : node.with("group", groups)).add();
    }

    private static Optional<Known> convTranspose(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        List<Long> kernel = kernel(network, x);
        long channels = x.dim(1);
        long groups = network.once(3) ? divisor(network, channels) : 1;
        long perGroup = network.pick(List.of(1L, 2L, 5L, 16L));
        List<Long> weights = new ArrayList<>(List.of(channels, perGroup));
        weights.addAll(kernel);
        Shape shape = new Shape(weights);
        if (network.isTooMuch(x, shape)) {
            return Optional.empty();
        }
        Growth.Draft node = network.node("ConvTranspose").reads(x).reads(network.normal(shape, deviation(shape)));
        if (network.random().nextBoolean()) {
            node.reads(network.normal(0.3, perGroup * groups));
        }
        List<Long> strides = strides(network, kernel);
        List<Long> more =
                strides.stream().map(stride -> network.between(0, stride - 1)).toList();
        node.with("strides", strides).with("group", groups);
        if (network.random().nextBoolean()) {
            node.with("output_padding", more);
        }
        if (network.once(3)) {
            node.with("dilations", dilations(network, kernel));
        }
        return node.with("pads", pads(network, kernel)).add();
    }

    private static Optional<Known> maxPool(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        List<Long> kernel = kernel(network, x);
        Growth.Draft node = window(network, network.node("MaxPool").reads(x), kernel, true);
        return added(network.once(3) ? node.with("ceil_mode", true) : node, x);
    }

    static Optional<Known> pool(Growth network, Known x) {
        return network.once(2) ? maxPool(network, x) : averagePool(network, x);
    }

    /// Not dilated, for a window may then lie in the padding alone, and nobody says where its largest element stands.
    private static Optional<Known> maxPoolIndices(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        Growth.Draft node = window(network, network.node("MaxPool").reads(x), kernel(network, x), false);
        return fits(node, x)
                ? node.with("storage_order", network.once(2)).add(2).map(network::pick)
                : Optional.empty();
    }

    private static Optional<Known> averagePool(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        Growth.Draft node = network.node("AveragePool").reads(x);
        window(network, node, kernel(network, x), network.opset() >= 19);
        if (network.once(3)) {
            node.with("ceil_mode", true);
        }
        return added(network.once(2) ? node.with("count_include_pad", true) : node, x);
    }

    private static Optional<Known> lpPool(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        Growth.Draft node = network.node("LpPool").reads(x).with("p", network.between(1, 3));
        return added(window(network, node, kernel(network, x), network.opset() >= 18), x);
    }

    private static Optional<Known> globalPool(Growth network, Known x) {
        List<String> pools = List.of("GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool");
        return x.isSpatial() ? network.node(network.pick(pools)).reads(x).add() : Optional.empty();
    }

    static Optional<Known> added(Growth.Draft pool, Known x) {
        return fits(pool, x) ? pool.add() : Optional.empty();
    }

    /// False where a window is larger than all that there is: by ONNX's formula there is then no output, but ONNX
    /// Runtime rounds towards zero, and yields one. Where one may step over all that there is: the average of nothing
    /// is zero to ONNX Runtime. And where SAME asks for less than no padding, by which ONNX Runtime shifts the window.
    private static boolean fits(Growth.Draft pool, Known x) {
        int rank = x.rank() - 2;
        List<Long> kernel = pool.list("kernel_shape", List.of());
        List<Long> strides = pool.list("strides", Collections.nCopies(rank, 1L));
        if (pool.word("auto_pad").startsWith("SAME")) {
            return IntStream.range(0, rank).allMatch(axis -> kernel.get(axis) >= strides.get(axis));
        }
        if (pool.has("ceil_mode")) {
            return true;
        }
        List<Long> pads = pool.list("pads", Collections.nCopies(2 * rank, 0L));
        List<Long> dilations = pool.list("dilations", Collections.nCopies(rank, 1L));
        return IntStream.range(0, rank)
                .allMatch(axis -> dilations.get(axis) <= x.dim(axis + 2)
                        && x.dim(axis + 2) + pads.get(axis) + pads.get(axis + rank)
                                > dilations.get(axis) * (kernel.get(axis) - 1));
    }

    static double deviation(Shape weights) {
        return Math.sqrt(2.0 * weights.dim(0) / weights.elements());
    }

    /// Dilated windows have no pads of SAME_UPPER and SAME_LOWER: ONNX Runtime counts them as if they were not dilated.
    static Growth.Draft window(Growth network, Growth.Draft node, List<Long> kernel, boolean mayBeDilated) {
        node.with("kernel_shape", kernel);
        if (!network.once(4)) {
            node.with("strides", strides(network, kernel));
        }
        boolean dilated = mayBeDilated && network.once(3);
        if (dilated) {
            node.with("dilations", dilations(network, kernel));
        }
        return switch (network.random().nextInt(8)) {
            case 0 ->
                node.with("auto_pad", dilated ? "VALID" : network.pick(List.of("SAME_UPPER", "SAME_LOWER", "VALID")));
            case 1, 2 -> node;
            default -> node.with("pads", pads(network, kernel));
        };
    }

    static List<Long> kernel(Growth network, Known x) {
        int most = network.once(5) ? 5 : 3;
        return LongStream.range(2, x.rank())
                .mapToObj(_ -> network.between(1, most))
                .toList();
    }

    private static List<Long> strides(Growth network, List<Long> kernel) {
        return kernel.stream()
                .map(_ -> network.pick(List.of(1L, 1L, 1L, 2L, 2L, 3L)))
                .toList();
    }

    private static List<Long> dilations(Growth network, List<Long> kernel) {
        return kernel.stream().map(_ -> network.pick(List.of(1L, 2L, 2L, 3L))).toList();
    }

    /// None, as many as keep the extent, or some.
    private static List<Long> pads(Growth network, List<Long> kernel) {
        int kind = network.random().nextInt(3);
        List<Long> pads = new ArrayList<>();
        for (int end = 0; end < 2; end++) {
            for (long extent : kernel) {
                pads.add(kind == 0 ? 0 : kind == 1 ? extent / 2 : network.between(0, extent - 1));
            }
        }
        return pads;
    }

    static long divisor(Growth network, long number) {
        return network.pick(LongStream.rangeClosed(1, number)
                .filter(candidate -> number % candidate == 0)
                .boxed()
                .toList());
    }
}
