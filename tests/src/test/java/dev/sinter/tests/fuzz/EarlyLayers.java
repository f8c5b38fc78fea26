package dev.sinter.tests.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// Operators in the forms that early opsets had, with attributes for what are inputs today.
@NullMarked
final class EarlyLayers {
    private EarlyLayers() {}

    static List<Layer> all() {
        return List.of(
                EarlyLayers::clip,
                EarlyLayers::slice,
                EarlyLayers::pad,
                EarlyLayers::squeeze,
                EarlyLayers::softmax,
                EarlyLayers::split,
                EarlyLayers::upsample,
                EarlyLayers::resize,
                EarlyLayers::dropout,
                EarlyLayers::sum,
                EarlyLayers::batchNormalization);
    }

    private static boolean isReal(Growth network, Known x, long before) {
        return network.opset() < before && x.isReal() && x.rank() > 0;
    }

    private static Optional<Known> clip(Growth network, Known x) {
        return isReal(network, x, 11)
                ? network.node("Clip")
                        .reads(x)
                        .with("min", -0.5)
                        .with("max", 1.5)
                        .add()
                : Optional.empty();
    }

    private static Optional<Known> slice(Growth network, Known x) {
        if (!isReal(network, x, 10)) {
            return Optional.empty();
        }
        long axis = network.random().nextInt(x.rank());
        long start = network.between(0, x.dim((int) axis) - 1);
        return network.node("Slice")
                .reads(x)
                .with("axes", List.of(axis))
                .with("starts", List.of(network.once(2) ? start : start - x.dim((int) axis)))
                .with("ends", List.of(network.once(2) ? (long) Integer.MAX_VALUE : start + 2))
                .add();
    }

    private static Optional<Known> pad(Growth network, Known x) {
        if (!isReal(network, x, 11)) {
            return Optional.empty();
        }
        List<Long> pads = new ArrayList<>();
        for (int side = 0; side < 2 * x.rank(); side++) {
            pads.add(network.between(0, 1));
        }
        return network.node("Pad")
                .reads(x)
                .with("pads", pads)
                .with("mode", network.pick(List.of("constant", "edge")))
                .with("value", 0.5)
                .add();
    }

    private static Optional<Known> squeeze(Growth network, Known x) {
        if (!isReal(network, x, 13)) {
            return Optional.empty();
        }
        long axis = network.random().nextInt(x.rank());
        return x.dim((int) axis) == 1
                ? network.node("Squeeze").reads(x).with("axes", List.of(axis)).add()
                : network.node("Unsqueeze").reads(x).with("axes", List.of(axis)).add();
    }

    /// Of the tensor flattened to a matrix.
    private static Optional<Known> softmax(Growth network, Known x) {
        if (!isReal(network, x, 13)) {
            return Optional.empty();
        }
        return network.node(network.pick(List.of("Softmax", "LogSoftmax", "Hardmax")))
                .reads(x)
                .with("axis", network.random().nextInt(x.rank()))
                .add();
    }

    private static Optional<Known> split(Growth network, Known x) {
        if (!isReal(network, x, 13)) {
            return Optional.empty();
        }
        int axis = network.random().nextInt(x.rank());
        long first = network.between(1, x.dim(axis));
        return network.node("Split")
                .reads(x)
                .with("axis", axis)
                .with("split", List.of(first, x.dim(axis) - first))
                .add(2)
                .map(List::getFirst);
    }

    private static Optional<Known> upsample(Growth network, Known x) {
        if (!isReal(network, x, 9) || x.rank() != 4) {
            return Optional.empty();
        }
        return network.node("Upsample")
                .reads(x)
                .with("mode", network.pick(List.of("nearest", "linear")))
                .withReals("scales", List.of(1f, 1f, 2f, (float) network.between(1, 3)))
                .add();
    }

    private static Optional<Known> resize(Growth network, Known x) {
        if (network.opset() != 10 || !x.isReal() || x.rank() != 4) {
            return Optional.empty();
        }
        double scale = network.pick(List.of(0.5, 1.5, 2.0, 0.7));
        return network.node("Resize")
                .reads(x)
                .reads(network.reals(List.of(1.0, 1.0, 2.0, scale)))
                .with("mode", network.pick(List.of("nearest", "linear")))
                .add();
    }

    private static Optional<Known> dropout(Growth network, Known x) {
        return isReal(network, x, 12)
                ? network.node("Dropout").reads(x).with("ratio", 0.3).add()
                : Optional.empty();
    }

    private static Optional<Known> sum(Growth network, Known x) {
        if (!isReal(network, x, 13)) {
            return Optional.empty();
        }
        return network.node(network.pick(List.of("ReduceSum", "ReduceMean", "ReduceMax")))
                .reads(x)
                .with("axes", List.of((long) network.random().nextInt(x.rank())))
                .with("keepdims", network.once(2))
                .add();
    }

    private static Optional<Known> batchNormalization(Growth network, Known x) {
        return isReal(network, x, 9) && x.rank() >= 2
                ? ReductionLayers.norm(network, x).add()
                : Optional.empty();
    }
}
