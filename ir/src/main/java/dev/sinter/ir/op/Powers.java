package dev.sinter.ir.op;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.type.ElementType;

/// What a power is whose base and exponent may have different types. The result has the base's.
final class Powers {
    /// By how many roundings a power may be off, so that one which is that near to a whole number counts as whole: 16
    /// units in the last place, each up to two roundings.
    private static final double POWER_ROUNDINGS = 32;

    private Powers() {}

    static Expr formula(Expr base, Expr exponent) {
        if (base.type().isFloating()) {
            return base.power(converted(exponent, base.type()));
        }
        return exponent.type().isFloating() ? wholePart(base, exponent) : ofIntegers(base, exponent);
    }

    private static Expr converted(Expr value, ElementType type) {
        return value.type() == type ? value : new Expr.Cast(value, type);
    }

    /// In a type that holds the exponent. There the power wraps, and then to the base's type, to what it would have
    /// been in this one.
    private static Expr ofIntegers(Expr base, Expr exponent) {
        ElementType type = base.type();
        if (type == exponent.type()) {
            return base.power(exponent);
        }
        if (type != ElementType.UINT64) {
            ElementType wide = exponent.type() == ElementType.UINT64 ? ElementType.UINT64 : ElementType.INT64;
            return converted(converted(base, wide).power(converted(exponent, wide)), type);
        }
        Expr one = Expr.constant(1, type);
        Expr inverse = new Expr.Select(Expr.Comparison.EQUAL, base, one, one, Expr.constant(0, type));
        return new Expr.Select(
                Expr.Comparison.LESS,
                exponent,
                Expr.constant(0, exponent.type()),
                inverse,
                base.power(converted(exponent, type)));
    }

    /// What is left of a power of an integer without its fraction. A whole exponent needs no fractions on the way.
    private static Expr wholePart(Expr base, Expr exponent) {
        ElementType type = exponent.type();
        // From here on all are even, and so is this: for bases 0, 1 and -1 it makes no difference, and powers of others
        // are too large.
        Expr most = Expr.constant(1 / type.unitRoundoff(), type);
        Expr limited = exponent.min(most).max(most.apply(UnaryFunction.NEGATE));
        Expr whole = ofIntegers(base, new Expr.Cast(limited, ElementType.INT64));
        Expr real = new Expr.Cast(base, type).power(exponent);
        Expr nearest = real.apply(UnaryFunction.ROUND_EVEN);
        Expr distance = real.minus(nearest).apply(UnaryFunction.ABS);
        Expr slack = nearest.times(Expr.constant(POWER_ROUNDINGS * type.unitRoundoff(), type));
        Expr truncated =
                new Expr.Select(Expr.Comparison.LESS_EQUAL, distance, slack, nearest, real.apply(UnaryFunction.FLOOR));
        return new Expr.Select(
                Expr.Comparison.EQUAL,
                exponent.apply(UnaryFunction.FLOOR),
                exponent,
                whole,
                new Expr.Cast(truncated, base.type()));
    }
}
