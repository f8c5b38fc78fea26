package dev.sinter.backend.fpga;

import dev.sinter.ir.evaluate.RoundedArithmetic;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.type.ElementType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/// A number of single precision as a function of integers. It can be computed for all values that those have, where
/// they are few: hardware then needs no arithmetic of real numbers, whatever the function is.
sealed interface Formula {
    /// An integer as a real number.
    record Variable(Signal signal) implements Formula {}

    record Constant(double value) implements Formula {}

    record Unary(UnaryFunction function, Formula operand) implements Formula {}

    record Binary(BinaryFunction function, Formula left, Formula right) implements Formula {}

    /// The integers that it depends on.
    default Set<Signal> variables() {
        Set<Signal> variables = new LinkedHashSet<>();
        switch (this) {
            case Variable(Signal signal) -> variables.add(signal);
            case Constant _ -> {}
            case Unary(_, Formula operand) -> variables.addAll(operand.variables());
            case Binary(_, Formula left, Formula right) ->
                List.of(left, right).forEach(operand -> variables.addAll(operand.variables()));
        }
        return variables;
    }

    /// What single precision makes of it, rounded after each operation.
    ///
    /// @param values of the integers
    default double value(ToLongFunction<Signal> values) {
        return switch (this) {
            case Variable(Signal signal) -> (float) values.applyAsLong(signal);
            case Constant(double value) -> value;
            case Unary(UnaryFunction function, Formula operand) ->
                Double.longBitsToDouble(
                        RoundedArithmetic.unary(function, bits(operand.value(values)), ElementType.FLOAT32));
            case Binary(BinaryFunction function, Formula left, Formula right) ->
                Double.longBitsToDouble(RoundedArithmetic.binary(
                        function, bits(left.value(values)), bits(right.value(values)), ElementType.FLOAT32));
        };
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /// What it is without any rounding and without constant limits, as far as double precision tells.
    ///
    /// @param values of the integers
    default double ideal(ToLongFunction<Signal> values) {
        return switch (this) {
            case Variable(Signal signal) -> values.applyAsLong(signal);
            case Constant(double value) -> value;
            case Unary(UnaryFunction function, Formula operand) ->
                function == UnaryFunction.ROUND_EVEN ? operand.ideal(values) : value(values);
            case Binary(BinaryFunction function, Formula left, Formula right) -> {
                double a = left.ideal(values);
                double b = right.ideal(values);
                yield switch (function) {
                    case ADD -> a + b;
                    case SUBTRACT -> a - b;
                    case MULTIPLY -> a * b;
                    case DIVIDE -> a / b;
                    case MAX, MIN -> left instanceof Constant ? b : right instanceof Constant ? a : value(values);
                    case POWER, REMAINDER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> value(values);
                };
            }
        };
    }
}
