package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// Operators of the newest opsets, and what integers may be asked.
@NullMarked
final class RecentLayers {
    private RecentLayers() {}

    static List<Layer> all() {
        return List.of(
                RecentLayers::attention,
                RecentLayers::attention,
                RecentLayers::rootMeanSquare,
                RecentLayers::swish,
                RecentLayers::deformConv,
                RecentLayers::integerReduce,
                RecentLayers::integerReduce,
                RecentLayers::integerFunction,
                RecentLayers::integerClip,
                RecentLayers::integerProduct,
                RecentLayers::blockwise);
    }

    private static boolean isWhole(Known x) {
        return x.element() == ElementType.INT32 || x.element() == ElementType.INT64;
    }

    private static Optional<Known> attention(Growth network, Known x) {
        if (!x.isReal() || x.rank() != 4 || network.opset() < 23 || x.shape().elements() > 400) {
            return Optional.empty();
        }
        return network.node("Attention")
                .reads(x, x, x)
                .with("is_causal", network.once(2))
                .add();
    }

    private static Optional<Known> rootMeanSquare(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0 || network.opset() < 23) {
            return Optional.empty();
        }
        return network.node("RMSNormalization")
                .reads(x)
                .reads(network.normal(1, x.dim(x.rank() - 1)))
                .with("epsilon", 0.1)
                .add();
    }

    private static Optional<Known> swish(Growth network, Known x) {
        return x.isReal() && network.opset() >= 24
                ? network.node("Swish").reads(x).with("alpha", 1.3).add()
                : Optional.empty();
    }

    private static Optional<Known> deformConv(Growth network, Known x) {
        if (!x.isSpatial() || x.rank() != 4 || network.opset() < 19 || x.shape().elements() > 600) {
            return Optional.empty();
        }
        return network.node("DeformConv")
                .reads(x)
                .reads(
                        network.normal(0.5, 3, x.dim(1), 3, 3),
                        network.uniform(-1.5, 1.5, x.dim(0), 18, x.dim(2), x.dim(3)))
                .with("pads", List.of(1L, 1L, 1L, 1L))
                .add();
    }

    private static Optional<Known> integerReduce(Growth network, Known x) {
        if (!isWhole(x) || x.rank() == 0) {
            return Optional.empty();
        }
        String operator = network.pick(List.of("ReduceSum", "ReduceMax", "ReduceMin", "ReduceMean", "CumSum"));
        if (operator.equals("CumSum")) {
            return network.node(operator)
                    .reads(x)
                    .reads(network.scalar(ElementType.INT64, network.between(0, x.rank() - 1)))
                    .add();
        }
        List<Long> axes = List.of(network.between(0, x.rank() - 1));
        boolean isInput = network.opset() >= 18 || operator.equals("ReduceSum") && network.opset() >= 13;
        Growth.Draft node = network.node(operator).reads(x).with("keepdims", network.once(2));
        return (isInput ? node.reads(network.list(axes)) : node.with("axes", axes)).add();
    }

    private static Optional<Known> integerFunction(Growth network, Known x) {
        return isWhole(x)
                ? network.node(network.pick(List.of("Abs", "Neg", "Sign", "Relu")))
                        .reads(x)
                        .add()
                : Optional.empty();
    }

    private static Optional<Known> integerClip(Growth network, Known x) {
        if (x.isReal() || x.element() == ElementType.BOOL || network.opset() < 12) {
            return Optional.empty();
        }
        return network.node("Clip")
                .reads(x)
                .reads(network.scalar(x.element(), 3), network.scalar(x.element(), 90))
                .add();
    }

    private static Optional<Known> integerProduct(Growth network, Known x) {
        if (!isWhole(x) || x.rank() < 2) {
            return Optional.empty();
        }
        return network.node("MatMul")
                .reads(x)
                .reads(network.integers(x.element(), -5, 5, x.dim(x.rank() - 1), network.between(1, 17)))
                .add();
    }

    /// Each stretch of an axis in units of its own.
    private static Optional<Known> blockwise(Growth network, Known x) {
        if (!x.isReal() || x.rank() != 2 || network.opset() < 21 || x.dim(1) % 2 != 0) {
            return Optional.empty();
        }
        String scales = network.uniform(0.05, 0.1, x.dim(0), x.dim(1) / 2);
        String zeros = network.integers(ElementType.INT8, -9, 9, x.dim(0), x.dim(1) / 2);
        return network.node("QuantizeLinear")
                .reads(x)
                .reads(scales, zeros)
                .with("axis", 1)
                .with("block_size", 2)
                .add()
                .flatMap(bytes -> network.node("DequantizeLinear")
                        .reads(bytes)
                        .reads(scales, zeros)
                        .with("axis", 1)
                        .with("block_size", 2)
                        .add());
    }
}
