package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// From real numbers to integers and truth values, and back.
@NullMarked
final class IntegerLayers {
    private static final List<ElementType> BYTES = List.of(ElementType.UINT8, ElementType.INT8);

    private IntegerLayers() {}

    static List<Layer> all() {
        return List.of(
                IntegerLayers::quantizeLinear,
                IntegerLayers::quantizeLinear,
                IntegerLayers::dequantizeLinear,
                IntegerLayers::dequantizeLinear,
                IntegerLayers::roundTrip,
                IntegerLayers::roundTrip,
                IntegerLayers::qlinearConv,
                IntegerLayers::qlinearConv,
                IntegerLayers::convInteger,
                IntegerLayers::matMulInteger,
                IntegerLayers::qlinearMatMul,
                IntegerLayers::cast,
                IntegerLayers::cast,
                IntegerLayers::arithmetic,
                IntegerLayers::compare,
                IntegerLayers::compare,
                IntegerLayers::where,
                IntegerLayers::where,
                IntegerLayers::not,
                IntegerLayers::pool,
                IntegerLayers::dynamic);
    }

    private static double step(Known x) {
        return Math.max(x.largest(), 1e-3) / 100;
    }

    static String zero(Growth network, ElementType element) {
        return network.scalar(
                element, element == ElementType.UINT8 ? network.between(90, 160) : network.between(-20, 20));
    }

    private static Optional<Known> quantizeLinear(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        ElementType element = network.pick(BYTES);
        if (network.once(3) && x.rank() > 1) {
            int axis = network.random().nextInt(x.rank());
            long low = element == ElementType.UINT8 ? 90 : -20;
            return network.node("QuantizeLinear")
                    .reads(x)
                    .reads(
                            network.uniform(step(x) / 2, step(x) * 2, x.dim(axis)),
                            network.integers(element, low, low + 40, x.dim(axis)))
                    .with("axis", axis)
                    .add();
        }
        Growth.Draft node =
                network.node("QuantizeLinear").reads(x).reads(network.scalar(ElementType.FLOAT32, (float) step(x)));
        return (network.once(4) ? node : node.reads(zero(network, element))).add();
    }

    static boolean isByte(Known x) {
        return BYTES.contains(x.element());
    }

    private static Optional<Known> dequantizeLinear(Growth network, Known x) {
        if (!isByte(x)) {
            return Optional.empty();
        }
        if (network.once(3) && x.rank() > 1) {
            int axis = network.random().nextInt(x.rank());
            return network.node("DequantizeLinear")
                    .reads(x)
                    .reads(network.uniform(0.01, 0.1, x.dim(axis)), network.integers(x.element(), 0, 100, x.dim(axis)))
                    .with("axis", axis)
                    .add();
        }
        Growth.Draft node =
                network.node("DequantizeLinear").reads(x).reads(network.scalar(ElementType.FLOAT32, 0.03125f));
        return (network.once(4) ? node : node.reads(zero(network, x.element()))).add();
    }

    /// As a quantised model has it around every layer.
    static Optional<Known> roundTrip(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        String scale = network.scalar(ElementType.FLOAT32, (float) step(x));
        String zero = zero(network, network.pick(BYTES));
        return network.node("QuantizeLinear")
                .reads(x)
                .reads(scale, zero)
                .add()
                .flatMap(bytes -> network.node("DequantizeLinear")
                        .reads(bytes)
                        .reads(scale, zero)
                        .add());
    }

    private static Optional<Known> qlinearConv(Growth network, Known x) {
        if (!isByte(x) || x.rank() != 4) {
            return Optional.empty();
        }
        long outputs = network.pick(WindowLayers.CHANNELS);
        List<Long> kernel = WindowLayers.kernel(network, x);
        Shape shape = Shape.of(outputs, x.dim(1), kernel.get(0), kernel.get(1));
        if (network.isTooMuch(x, shape)) {
            return Optional.empty();
        }
        boolean perChannel = network.once(2);
        Growth.Draft node = network.node("QLinearConv")
                .reads(x)
                .reads(
                        network.scalar(ElementType.FLOAT32, 0.02f),
                        zero(network, x.element()),
                        weights(network, ElementType.INT8, shape),
                        perChannel
                                ? network.uniform(0.001, 0.01, outputs)
                                : network.scalar(ElementType.FLOAT32, 0.005f),
                        perChannel
                                ? network.integers(ElementType.INT8, 0, 0, outputs)
                                : network.scalar(ElementType.INT8, 0),
                        network.scalar(ElementType.FLOAT32, 0.05f),
                        zero(network, x.element()));
        if (network.once(2)) {
            node.reads(network.integers(ElementType.INT32, -500, 500, outputs));
        }
        return WindowLayers.window(network, node, kernel, true).add();
    }

    private static String weights(Growth network, ElementType element, Shape shape) {
        long least = element == ElementType.INT8 ? -60 : 0;
        return network.integers(
                element,
                least,
                60,
                shape.dims().stream().mapToLong(Long::longValue).toArray());
    }

    private static Optional<Known> convInteger(Growth network, Known x) {
        if (x.element() != ElementType.UINT8 || x.rank() != 4) {
            return Optional.empty();
        }
        List<Long> kernel = WindowLayers.kernel(network, x);
        Shape shape = Shape.of(network.pick(WindowLayers.CHANNELS), x.dim(1), kernel.get(0), kernel.get(1));
        if (network.isTooMuch(x, shape)) {
            return Optional.empty();
        }
        Growth.Draft node = network.node("ConvInteger").reads(x).reads(weights(network, ElementType.UINT8, shape));
        if (network.once(2)) {
            node.reads(zero(network, ElementType.UINT8));
        }
        return WindowLayers.window(network, node, kernel, true).add();
    }

    private static Optional<Known> matMulInteger(Growth network, Known x) {
        if (!isByte(x) || x.rank() < 2) {
            return Optional.empty();
        }
        Shape shape = Shape.of(x.dim(x.rank() - 1), network.pick(WindowLayers.CHANNELS));
        Growth.Draft node = network.node("MatMulInteger").reads(x).reads(weights(network, network.pick(BYTES), shape));
        return (network.once(2) ? node.reads(zero(network, x.element())) : node).add();
    }

    private static Optional<Known> qlinearMatMul(Growth network, Known x) {
        if (!isByte(x) || x.rank() < 2) {
            return Optional.empty();
        }
        Shape shape = Shape.of(x.dim(x.rank() - 1), network.pick(WindowLayers.CHANNELS));
        return network.node("QLinearMatMul")
                .reads(x)
                .reads(
                        network.scalar(ElementType.FLOAT32, 0.02f),
                        zero(network, x.element()),
                        weights(network, ElementType.INT8, shape),
                        network.scalar(ElementType.FLOAT32, 0.005f),
                        network.scalar(ElementType.INT8, 0),
                        network.scalar(ElementType.FLOAT32, 0.05f),
                        zero(network, x.element()))
                .add();
    }

    /// Of zeros alone ONNX Runtime says that the scale is 1, and ONNX that it is 0.
    private static Optional<Known> dynamic(Growth network, Known x) {
        if (!x.isReal() || x.largest() == 0) {
            return Optional.empty();
        }
        return network.node("DynamicQuantizeLinear")
                .reads(x)
                .add(3)
                .flatMap(parts -> network.node("DequantizeLinear")
                        .reads(parts.toArray(Known[]::new))
                        .add());
    }

    private static Optional<Known> cast(Growth network, Known x) {
        List<Long> types = x.isReal() ? List.of(6L, 7L, 9L) : List.of(1L, 1L, 6L, 7L);
        return network.node("Cast").reads(x).with("to", network.pick(types)).add();
    }

    private static Optional<Known> arithmetic(Growth network, Known x) {
        if (x.element() != ElementType.INT32 && x.element() != ElementType.INT64) {
            return Optional.empty();
        }
        String operator = network.pick(List.of("Add", "Sub", "Mul", "Max", "Min", "Div", "Mod"));
        String constant = network.once(2)
                ? network.scalar(x.element(), network.between(1, 9))
                : network.integers(x.element(), 1, 9, x.rank() == 0 ? 1 : x.dim(x.rank() - 1));
        return network.node(operator).reads(x).reads(constant).add();
    }

    private static Optional<Known> compare(Growth network, Known x) {
        if (x.element() == ElementType.BOOL) {
            return Optional.empty();
        }
        List<Known> fitting = new ArrayList<>(network.values());
        fitting.removeIf(other -> other.name().equals(x.name())
                || other.element() != x.element()
                || !FunctionLayers.stretches(other.shape(), x.shape()));
        String operator = network.pick(List.of("Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal"));
        return fitting.isEmpty() || network.once(3)
                ? network.node(operator)
                        .reads(x)
                        .reads(network.scalar(x.element(), network.between(0, 2)))
                        .add()
                : network.node(operator).reads(x, network.pick(fitting)).add();
    }

    private static Optional<Known> where(Growth network, Known x) {
        if (x.element() != ElementType.BOOL) {
            return Optional.empty();
        }
        List<Known> fitting = new ArrayList<>(network.values());
        fitting.removeIf(other -> !other.isReal() || !FunctionLayers.stretches(other.shape(), x.shape()));
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        Growth.Draft node = network.node("Where").reads(x, network.pick(fitting));
        return (network.once(2)
                        ? node.reads(network.scalar(ElementType.FLOAT32, -1))
                        : node.reads(network.pick(fitting)))
                .add();
    }

    private static Optional<Known> not(Growth network, Known x) {
        return x.element() == ElementType.BOOL ? network.node("Not").reads(x).add() : Optional.empty();
    }

    private static Optional<Known> pool(Growth network, Known x) {
        if (!isByte(x) || x.rank() < 3) {
            return Optional.empty();
        }
        Growth.Draft node = network.node("MaxPool").reads(x);
        return WindowLayers.added(WindowLayers.window(network, node, WindowLayers.kernel(network, x), false), x);
    }
}
