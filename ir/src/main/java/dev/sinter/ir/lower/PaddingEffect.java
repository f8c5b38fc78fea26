package dev.sinter.ir.lower;

import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Expr;
import java.util.Optional;

/// What padding does to the update of an accumulator.
final class PaddingEffect {
    private PaddingEffect() {}

    /// True if `update` leaves the accumulator as it was wherever `padding` yields its other value: adding zero to a
    /// sum, or -infinity to a maximum. Such points can be left out of the loop.
    static boolean isSkippable(Expr update, Expr.Within padding) {
        return keepsState(replace(update, padding));
    }

    private static Expr replace(Expr expr, Expr.Within padding) {
        return expr.equals(padding) ? padding.otherwise() : expr.mapOperands(operand -> replace(operand, padding));
    }

    private static boolean keepsState(Expr expr) {
        return switch (expr) {
            case Expr.State _ -> true;
            case Expr.MultiplyAdd(Expr left, Expr right, Expr addend) ->
                (isConstant(left, 0) || isConstant(right, 0)) && keepsState(addend);
            case Expr.Binary(BinaryFunction function, Expr left, Expr right) ->
                neutral(function)
                        .filter(value -> isConstant(left, value) && keepsState(right)
                                || isConstant(right, value) && keepsState(left))
                        .isPresent();
            case Expr.Constant _,
                    Expr.Read _,
                    Expr.Call _,
                    Expr.Bound _,
                    Expr.Unary _,
                    Expr.Select _,
                    Expr.Within _,
                    Expr.Cast _,
                    Expr.Position _ -> false;
        };
    }

    private static boolean isConstant(Expr expr, double expected) {
        return switch (expr) {
            case Expr.Constant(double value, _) -> value == expected;
            case Expr.Binary(BinaryFunction function, Expr left, Expr right)
            when function == BinaryFunction.MULTIPLY -> expected == 0 && (isConstant(left, 0) || isConstant(right, 0));
            case Expr.Within(var _, long _, long _, Expr value, Expr otherwise) ->
                isConstant(value, expected) && isConstant(otherwise, expected);
            default -> false;
        };
    }

    private static Optional<Double> neutral(BinaryFunction function) {
        return switch (function) {
            case ADD -> Optional.of(0.0);
            case MAX -> Optional.of(Double.NEGATIVE_INFINITY);
            case MIN -> Optional.of(Double.POSITIVE_INFINITY);
            case SUBTRACT, MULTIPLY, DIVIDE, POWER, REMAINDER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT ->
                Optional.empty();
        };
    }
}
