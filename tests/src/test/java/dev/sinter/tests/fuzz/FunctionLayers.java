package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// Functions of single elements, with operands of every shape that stretches.
@NullMarked
final class FunctionLayers {
    private static final List<String> COMMON = List.of("Relu", "Relu", "Sigmoid", "Tanh", "HardSwish", "Elu", "Abs");

    private static final List<String> SELDOM = List.of(
            "Neg",
            "Exp",
            "Erf",
            "Floor",
            "Ceil",
            "Round",
            "Sign",
            "Sin",
            "Cos",
            "Atan",
            "Softplus",
            "Softsign",
            "HardSigmoid",
            "Selu",
            "Celu",
            "LeakyRelu",
            "ThresholdedRelu",
            "Shrink",
            "Identity",
            "Mish",
            "Gelu",
            "Asinh",
            "Reciprocal",
            "com.microsoft.Gelu",
            "com.microsoft.QuickGelu",
            "com.microsoft.FastGelu");

    private FunctionLayers() {}

    static List<Layer> all() {
        return List.of(
                FunctionLayers::common,
                FunctionLayers::common,
                FunctionLayers::seldom,
                FunctionLayers::positive,
                FunctionLayers::clip,
                FunctionLayers::slopes,
                FunctionLayers::arithmetic,
                FunctionLayers::arithmetic,
                FunctionLayers::combine,
                FunctionLayers::combine,
                FunctionLayers::combine,
                FunctionLayers::many,
                FunctionLayers::power,
                FunctionLayers::gate);
    }

    static Optional<Known> common(Growth network, Known x) {
        return x.isReal() ? network.node(network.pick(COMMON)).reads(x).add() : Optional.empty();
    }

    private static Optional<Known> seldom(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        String operator = network.pick(SELDOM);
        Growth.Draft node = network.node(operator).reads(x);
        if (List.of("LeakyRelu", "ThresholdedRelu", "Celu", "Elu", "Selu", "HardSigmoid")
                        .contains(operator)
                && network.once(2)) {
            node.with("alpha", network.between(1, 15) / 10.0);
        }
        if (operator.equals("Gelu") && network.once(2)) {
            node.with("approximate", "tanh");
        }
        return node.add();
    }

    /// What is defined above zero only, of numbers that are.
    private static Optional<Known> positive(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        return network.node("Abs")
                .reads(x)
                .add()
                .flatMap(magnitude -> network.node("Add")
                        .reads(magnitude)
                        .reads(network.scalar(ElementType.FLOAT32, 0.5))
                        .add())
                .flatMap(above -> network.node(network.pick(List.of("Log", "Sqrt", "Reciprocal")))
                        .reads(above)
                        .add());
    }

    private static Optional<Known> clip(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        Growth.Draft node = network.node("Clip").reads(x);
        return switch (network.random().nextInt(3)) {
            case 0 -> node.reads(network.scalar(ElementType.FLOAT32, -0.7)).add();
            case 1 -> node.reads("", network.scalar(ElementType.FLOAT32, 1.2)).add();
            default ->
                node.reads(network.scalar(ElementType.FLOAT32, 0), network.scalar(ElementType.FLOAT32, 6))
                        .add();
        };
    }

    private static Optional<Known> slopes(Growth network, Known x) {
        return x.isReal()
                ? network.node("PRelu").reads(x).reads(operand(network, x)).add()
                : Optional.empty();
    }

    private static Optional<Known> arithmetic(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        String operator = network.pick(List.of("Add", "Sub", "Mul", "Max", "Min"));
        String constant = operand(network, x);
        return network.once(2)
                ? network.node(operator).reads(x).reads(constant).add()
                : network.node(operator).reads(constant).reads(x).add();
    }

    /// A constant that stretches to `x`: a scalar, one element per channel or column, or as many as x has.
    private static String operand(Growth network, Known x) {
        List<Long> dims = new ArrayList<>(x.shape().dims());
        int kind = network.random().nextInt(5);
        for (int axis = 0; axis < dims.size(); axis++) {
            boolean stretched = switch (kind) {
                case 0 -> true;
                case 1 -> axis != 1;
                case 2 -> network.once(2);
                case 3 -> axis != dims.size() - 1;
                default -> false;
            };
            if (stretched) {
                dims.set(axis, 1L);
            }
        }
        while (!dims.isEmpty() && dims.getFirst() == 1 && network.once(2)) {
            dims.removeFirst();
        }
        return network.normal(new Shape(dims), 1);
    }

    /// With another value that there is: a residual, or one that stretches.
    private static Optional<Known> combine(Growth network, Known x) {
        if (!x.isReal()) {
            return Optional.empty();
        }
        List<Known> fitting = new ArrayList<>(network.values());
        fitting.removeIf(
                other -> other.name().equals(x.name()) || !other.isReal() || !stretches(other.shape(), x.shape()));
        Optional<Known> other =
                fitting.isEmpty() || network.once(4) ? common(network, x) : Optional.of(network.pick(fitting));
        String operator = network.pick(List.of("Add", "Add", "Mul", "Sub", "Max", "Min"));
        return other.flatMap(second -> network.once(2)
                ? network.node(operator).reads(x, second).add()
                : network.node(operator).reads(second, x).add());
    }

    static boolean stretches(Shape a, Shape b) {
        for (int back = 1; back <= Math.min(a.rank(), b.rank()); back++) {
            long left = a.dim(a.rank() - back);
            long right = b.dim(b.rank() - back);
            if (left != right && left != 1 && right != 1) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Known> many(Growth network, Known x) {
        List<Known> fitting = new ArrayList<>(network.values());
        fitting.removeIf(other -> !other.isReal() || !other.shape().equals(x.shape()));
        if (!x.isReal() || fitting.isEmpty()) {
            return Optional.empty();
        }
        Collections.shuffle(fitting, network.random());
        Growth.Draft node =
                network.node(network.pick(List.of("Sum", "Max", "Min", "Mean"))).reads(x);
        fitting.stream().limit(network.between(1, 3)).forEach(node::reads);
        return node.add();
    }

    private static Optional<Known> power(Growth network, Known x) {
        double exponent = network.pick(List.of(2.0, 3.0, 1.0, 0.0, 2.0));
        return x.isReal()
                ? network.node("Pow")
                        .reads(x)
                        .reads(network.scalar(ElementType.FLOAT32, exponent))
                        .add()
                : Optional.empty();
    }

    /// Squeeze and excitation: times a function of the mean of each channel.
    private static Optional<Known> gate(Growth network, Known x) {
        if (!x.isSpatial()) {
            return Optional.empty();
        }
        Optional<Known> mean = network.node(network.pick(List.of("GlobalAveragePool", "GlobalMaxPool")))
                .reads(x)
                .add();
        return mean.flatMap(means -> network.node(network.pick(List.of("Sigmoid", "HardSigmoid", "Tanh")))
                        .reads(means)
                        .add())
                .flatMap(gate -> network.node("Mul").reads(x, gate).add());
    }
}
