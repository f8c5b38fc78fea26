package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// Operators of ONNX Runtime's own domain, which its optimiser and its quantisation tool write into files.
@NullMarked
final class ContributedLayers {
    private static final String DOMAIN = "com.microsoft.";

    private ContributedLayers() {}

    static List<Layer> all() {
        return List.of(
                ContributedLayers::qlinearBinary,
                ContributedLayers::qlinearUnary,
                ContributedLayers::qlinearPool,
                ContributedLayers::qlinearConcat,
                ContributedLayers::fusedConv,
                ContributedLayers::fusedGemm,
                ContributedLayers::fusedMatMul,
                ContributedLayers::biasGelu,
                ContributedLayers::dynamicMatMul,
                ContributedLayers::qgemm);
    }

    private static String scale(Growth network) {
        return network.scalar(ElementType.FLOAT32, (float) (network.between(5, 60) / 1000.0));
    }

    private static Optional<Known> qlinearBinary(Growth network, Known x) {
        if (!IntegerLayers.isByte(x)) {
            return Optional.empty();
        }
        List<Known> fitting = new ArrayList<>(network.values());
        fitting.removeIf(
                other -> other.element() != x.element() || !FunctionLayers.stretches(other.shape(), x.shape()));
        return network.node(DOMAIN + network.pick(List.of("QLinearAdd", "QLinearMul")))
                .reads(x)
                .reads(scale(network), IntegerLayers.zero(network, x.element()))
                .reads(network.pick(fitting))
                .reads(
                        scale(network),
                        IntegerLayers.zero(network, x.element()),
                        scale(network),
                        IntegerLayers.zero(network, x.element()))
                .add();
    }

    private static Optional<Known> qlinearUnary(Growth network, Known x) {
        if (!IntegerLayers.isByte(x)) {
            return Optional.empty();
        }
        return network.node(DOMAIN + network.pick(List.of("QLinearSigmoid", "QLinearLeakyRelu")))
                .reads(x)
                .reads(
                        scale(network),
                        IntegerLayers.zero(network, x.element()),
                        scale(network),
                        IntegerLayers.zero(network, x.element()))
                .add();
    }

    private static Optional<Known> qlinearPool(Growth network, Known x) {
        if (!IntegerLayers.isByte(x) || x.rank() != 4) {
            return Optional.empty();
        }
        boolean global = network.once(2);
        Growth.Draft node = network.node(DOMAIN + (global ? "QLinearGlobalAveragePool" : "QLinearAveragePool"))
                .reads(x)
                .reads(
                        scale(network),
                        IntegerLayers.zero(network, x.element()),
                        scale(network),
                        IntegerLayers.zero(network, x.element()));
        return global
                ? node.add()
                : WindowLayers.added(WindowLayers.window(network, node, WindowLayers.kernel(network, x), false), x);
    }

    private static Optional<Known> qlinearConcat(Growth network, Known x) {
        if (!IntegerLayers.isByte(x) || x.rank() < 2) {
            return Optional.empty();
        }
        Growth.Draft node = network.node(DOMAIN + "QLinearConcat")
                .reads(scale(network), IntegerLayers.zero(network, x.element()))
                .with("axis", 1);
        for (int piece = 0; piece < network.between(1, 3); piece++) {
            node.reads(x).reads(scale(network), IntegerLayers.zero(network, x.element()));
        }
        return node.add();
    }

    private static Optional<Known> fusedConv(Growth network, Known x) {
        if (!x.isSpatial() || x.rank() != 4) {
            return Optional.empty();
        }
        List<Long> kernel = WindowLayers.kernel(network, x);
        long outputs = network.pick(WindowLayers.CHANNELS);
        Shape shape = Shape.of(outputs, x.dim(1), kernel.get(0), kernel.get(1));
        if (network.isTooMuch(x, shape)) {
            return Optional.empty();
        }
        Growth.Draft node = network.node(DOMAIN + "FusedConv")
                .reads(x)
                .reads(network.normal(shape, WindowLayers.deviation(shape)), network.normal(0.3, outputs))
                .with("activation", network.pick(List.of("Relu", "Tanh", "Sigmoid")));
        return WindowLayers.window(network, node, kernel, true).add();
    }

    private static Optional<Known> fusedGemm(Growth network, Known x) {
        if (!x.isReal() || x.rank() != 2) {
            return Optional.empty();
        }
        return network.node(DOMAIN + "FusedGemm")
                .reads(x)
                .reads(network.normal(0.5, x.dim(1), 7), network.normal(1, 7))
                .with("activation", network.pick(List.of("Relu", "Tanh", "Sigmoid")))
                .add();
    }

    private static Optional<Known> fusedMatMul(Growth network, Known x) {
        if (!x.isReal() || x.rank() < 2) {
            return Optional.empty();
        }
        boolean turned = network.once(2);
        long inner = x.dim(x.rank() - 1);
        return network.node(DOMAIN + "FusedMatMul")
                .reads(x)
                .reads(turned ? network.normal(0.5, 5, inner) : network.normal(0.5, inner, 5))
                .with("transB", turned)
                .with("alpha", 0.5)
                .add();
    }

    private static Optional<Known> biasGelu(Growth network, Known x) {
        if (!x.isReal() || x.rank() == 0) {
            return Optional.empty();
        }
        return network.node(DOMAIN + network.pick(List.of("BiasGelu", "FastGelu")))
                .reads(x)
                .reads(network.normal(1, x.dim(x.rank() - 1)))
                .add();
    }

    private static Optional<Known> dynamicMatMul(Growth network, Known x) {
        if (!x.isReal() || x.rank() < 2) {
            return Optional.empty();
        }
        return network.node(DOMAIN + "DynamicQuantizeMatMul")
                .reads(x)
                .reads(network.integers(ElementType.INT8, -60, 60, x.dim(x.rank() - 1), 5), scale(network))
                .add();
    }

    private static Optional<Known> qgemm(Growth network, Known x) {
        if (!IntegerLayers.isByte(x) || x.rank() != 2) {
            return Optional.empty();
        }
        return network.node(DOMAIN + "QGemm")
                .reads(x)
                .reads(
                        scale(network),
                        IntegerLayers.zero(network, x.element()),
                        network.integers(ElementType.INT8, -60, 60, x.dim(1), 5),
                        scale(network),
                        network.scalar(ElementType.INT8, 0),
                        network.integers(ElementType.INT32, -500, 500, 5),
                        scale(network),
                        IntegerLayers.zero(network, x.element()))
                .add();
    }
}
