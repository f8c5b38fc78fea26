package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;

/// Elements in other places, and other shapes of the same elements.
@NullMarked
final class MovementLayers {
    private MovementLayers() {}

    static List<Layer> all() {
        return List.of(
                MovementLayers::concat,
                MovementLayers::concat,
                MovementLayers::transpose,
                MovementLayers::reshape,
                MovementLayers::flatten,
                MovementLayers::squeeze,
                MovementLayers::unsqueeze,
                MovementLayers::pad,
                MovementLayers::slice,
                MovementLayers::slice,
                MovementLayers::split,
                MovementLayers::tile,
                MovementLayers::expand,
                MovementLayers::depthToSpace,
                MovementLayers::spaceToDepth,
                MovementLayers::gather,
                MovementLayers::resize,
                MovementLayers::resize,
                MovementLayers::triangle);
    }

    private static Optional<Known> concat(Growth network, Known x) {
        if (x.rank() == 0) {
            return Optional.empty();
        }
        int axis = x.rank() < 2 || network.once(3) ? network.random().nextInt(x.rank()) : 1;
        List<Known> pieces = new ArrayList<>(List.of(x));
        for (Known other : network.values()) {
            boolean fits = other.element() == x.element()
                    && other.rank() == x.rank()
                    && other.shape().with(axis, 0).equals(x.shape().with(axis, 0));
            if (fits && pieces.size() < 4 && network.once(2)) {
                pieces.add(other);
            }
        }
        Collections.shuffle(pieces, network.random());
        return network.node("Concat")
                .reads(pieces.toArray(Known[]::new))
                .with("axis", network.once(3) ? axis - x.rank() : axis)
                .add();
    }

    static Optional<Known> transpose(Growth network, Known x) {
        List<Long> order = new ArrayList<>(LongStream.range(0, x.rank()).boxed().toList());
        Collections.shuffle(
                network.once(3) || order.size() < 2 ? order : order.subList(1, order.size()), network.random());
        return network.node("Transpose").reads(x).with("perm", order).add();
    }

    private static Optional<Known> reshape(Growth network, Known x) {
        List<Long> shape = new ArrayList<>();
        long left = x.shape().elements();
        int rank = (int) network.between(1, 4);
        for (int axis = 0; axis < rank - 1; axis++) {
            long extent = axis < x.rank() && left % x.dim(axis) == 0 && network.once(2)
                    ? x.dim(axis)
                    : WindowLayers.divisor(network, left);
            left /= extent;
            shape.add(axis < x.rank() && extent == x.dim(axis) && network.once(2) ? 0 : extent);
        }
        shape.add(network.once(2) ? -1 : left);
        return network.node("Reshape").reads(x).reads(network.list(shape)).add();
    }

    private static Optional<Known> flatten(Growth network, Known x) {
        return network.node("Flatten")
                .reads(x)
                .with("axis", network.between(-x.rank(), x.rank()))
                .add();
    }

    private static Optional<Known> squeeze(Growth network, Known x) {
        List<Long> ones = IntStream.range(0, x.rank())
                .filter(axis -> x.dim(axis) == 1)
                .mapToObj(axis -> (long) axis)
                .toList();
        if (ones.isEmpty()) {
            return Optional.empty();
        }
        return network.node("Squeeze")
                .reads(x)
                .reads(network.list(List.of(network.pick(ones))))
                .add();
    }

    private static Optional<Known> unsqueeze(Growth network, Known x) {
        return network.node("Unsqueeze")
                .reads(x)
                .reads(network.list(List.of(network.between(-x.rank() - 1, x.rank()))))
                .add();
    }

    private static Optional<Known> pad(Growth network, Known x) {
        String mode = network.pick(List.of("constant", "constant", "edge", "reflect", "wrap"));
        boolean constant = mode.equals("constant");
        List<Long> pads = new ArrayList<>();
        for (int side = 0; side < 2 * x.rank(); side++) {
            int axis = side % x.rank();
            // ONNX Runtime reads beyond a tensor that is wrapped around more than once.
            long most = constant || mode.equals("edge") ? 2 : Math.min(2, x.dim(axis) - 1);
            pads.add(axis == 0 && !network.once(4) ? 0 : network.between(constant ? -1 : 0, most));
        }
        Growth.Draft node =
                network.node("Pad").reads(x).reads(network.list(pads)).with("mode", mode);
        return (constant && network.once(2) ? node.reads(network.scalar(x.element(), 1)) : node).add();
    }

    private static Optional<Known> slice(Growth network, Known x) {
        if (x.rank() == 0) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        long extent = x.dim(axis);
        boolean backwards = network.once(5);
        long step = network.pick(List.of(1L, 1L, 2L, 3L));
        long start = network.between(0, extent - 1);
        long end = network.once(3) ? Integer.MAX_VALUE : network.between(start, extent);
        return network.node("Slice")
                .reads(x)
                .reads(
                        network.list(
                                List.of(backwards ? extent - 1 - start : network.once(2) ? start : start - extent)),
                        network.list(List.of(backwards ? -Integer.MAX_VALUE : end)),
                        network.list(List.of((long) axis)),
                        network.list(List.of(backwards ? -step : step)))
                .add();
    }

    private static Optional<Known> split(Growth network, Known x) {
        if (x.rank() == 0) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        long extent = x.dim(axis);
        if (extent < 2) {
            return Optional.empty();
        }
        long first = network.between(1, extent - 1);
        return network.node("Split")
                .reads(x)
                .reads(network.list(List.of(first, extent - first)))
                .with("axis", axis)
                .add(2)
                .map(network::pick);
    }

    private static Optional<Known> tile(Growth network, Known x) {
        List<Long> repeats = x.shape().dims().stream()
                .map(_ -> network.once(3) ? network.between(2, 3) : 1L)
                .toList();
        return network.node("Tile").reads(x).reads(network.list(repeats)).add();
    }

    private static Optional<Known> expand(Growth network, Known x) {
        List<Long> shape = new ArrayList<>(x.shape().dims());
        shape.replaceAll(extent -> extent == 1 && network.once(2) ? network.between(1, 5) : extent);
        if (network.once(3)) {
            shape.addFirst(network.between(1, 3));
        }
        return network.node("Expand").reads(x).reads(network.list(shape)).add();
    }

    private static Optional<Known> depthToSpace(Growth network, Known x) {
        return network.node("DepthToSpace")
                .reads(x)
                .with("blocksize", network.between(2, 3))
                .with("mode", network.pick(List.of("DCR", "CRD")))
                .add();
    }

    private static Optional<Known> spaceToDepth(Growth network, Known x) {
        return network.node("SpaceToDepth")
                .reads(x)
                .with("blocksize", network.between(1, 3))
                .add();
    }

    private static Optional<Known> gather(Growth network, Known x) {
        if (x.rank() == 0) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        List<Long> indices = LongStream.range(0, network.between(1, 4))
                .mapToObj(_ -> network.between(-x.dim(axis), x.dim(axis) - 1))
                .toList();
        String known = network.once(4) ? network.scalar(ElementType.INT64, indices.getFirst()) : network.list(indices);
        return network.node("Gather").reads(x).reads(known).with("axis", axis).add();
    }

    private static Optional<Known> resize(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        String mode = network.pick(List.of("nearest", "linear", "cubic"));
        List<Long> sizes = new ArrayList<>(x.shape().dims());
        for (int axis = 2; axis < sizes.size(); axis++) {
            sizes.set(axis, network.between(1, 2 * sizes.get(axis) + 1));
        }
        Growth.Draft node = network.node("Resize")
                .reads(x)
                .reads("", "", network.list(sizes))
                .with("mode", mode)
                .with(
                        "coordinate_transformation_mode",
                        network.pick(List.of("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel")));
        return mode.equals("nearest") ? nearest(network, x, sizes, node).add() : node.add();
    }

    /// By factors that are not whole, places lie upon elements but for a rounding: ONNX Runtime's are then those
    /// before.
    private static Growth.Draft nearest(Growth network, Known x, List<Long> sizes, Growth.Draft node) {
        boolean whole = IntStream.range(0, x.rank()).allMatch(axis -> sizes.get(axis) % x.dim(axis) == 0);
        List<String> modes = whole
                ? List.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil")
                : List.of("round_prefer_floor", "round_prefer_ceil");
        return node.with("nearest_mode", network.pick(modes));
    }

    private static Optional<Known> triangle(Growth network, Known x) {
        if (network.opset() < 14 || x.rank() < 2) {
            return Optional.empty();
        }
        return network.node("Trilu")
                .reads(x)
                .reads(network.scalar(ElementType.INT64, network.between(-2, 2)))
                .with("upper", network.once(2))
                .add();
    }
}
