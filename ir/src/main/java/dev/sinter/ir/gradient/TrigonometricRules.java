package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Unary;

/// Trigonometric and hyperbolic functions and their inverses: dx = f'(x) · dy (Abramowitz and Stegun, 4.3.105 to
/// 4.6.42).
final class TrigonometricRules {
    private TrigonometricRules() {}

    static Value gradient(Unary.Kind kind, Backward at) {
        Value x = at.input(0);
        Value y = at.output();
        Value dy = at.gradient();
        Value one = at.number(1);
        return switch (kind) {
            case SIN -> at.times(dy, at.unary(Unary.Kind.COS, x));
            case COS -> at.unary(Unary.Kind.NEGATE, at.times(dy, at.unary(Unary.Kind.SIN, x)));
            case TAN -> at.times(dy, at.plus(at.times(y, y), one));
            case ASIN -> at.dividedBy(dy, root(at, at.minus(one, at.times(x, x))));
            case ACOS -> at.unary(Unary.Kind.NEGATE, at.dividedBy(dy, root(at, at.minus(one, at.times(x, x)))));
            case ATAN -> at.dividedBy(dy, at.plus(at.times(x, x), one));
            case SINH -> at.times(dy, at.unary(Unary.Kind.COSH, x));
            case COSH -> at.times(dy, at.unary(Unary.Kind.SINH, x));
            case ASINH -> at.dividedBy(dy, root(at, at.plus(at.times(x, x), one)));
            // In two factors, since the square may be too large for its type.
            case ACOSH -> at.dividedBy(dy, at.times(root(at, at.minus(x, one)), root(at, at.plus(x, one))));
            case ATANH -> at.dividedBy(dy, at.minus(one, at.times(x, x)));
            case RELU, SIGMOID, TANH, EXP, LOG, SQRT, ABS, NEGATE, RECIPROCAL, ERF, FLOOR, CEIL, ROUND, SIGN ->
                throw new IllegalArgumentException(kind + " is no such function");
        };
    }

    private static Value root(Backward at, Value value) {
        return at.unary(Unary.Kind.SQRT, value);
    }
}
