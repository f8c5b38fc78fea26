package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.BinaryFunction;
import java.util.function.BinaryOperator;

/// Functions of numbers that stand for ones of single precision: those that quantisation needs.
final class RealArithmetic {
    private final Signals signals;

    RealArithmetic(Signals signals) {
        this.signals = signals;
    }

    /// @throws Unsupported if only floating-point arithmetic could do it
    Real binary(BinaryFunction function, Real a, Real b) {
        return switch (function) {
            case MULTIPLY -> {
                if (a.single() || b.single() || a.whole() || b.whole()) {
                    throw new Unsupported("a product of real numbers is multiplied again");
                }
                yield new Real(signals.multiply(a.number(), b.number()), a.fraction() + b.fraction(), true, false, 0);
            }
            case ADD -> shifted(a, b);
            case MAX -> limited(a, b, signals::most);
            case MIN -> limited(a, b, signals::least);
            case SUBTRACT, DIVIDE, POWER, REMAINDER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT ->
                throw new Unsupported("there is no " + function + " of real numbers in hardware");
        };
    }

    /// Adds a constant integer to one that is still to be rounded.
    private Real shifted(Real a, Real b) {
        if (a.number().isConstant() && !b.number().isConstant()) {
            return shifted(b, a);
        }
        boolean settled = b.isInteger() && b.number().isConstant();
        if (settled && a.whole()) {
            return new Real(
                    a.number(),
                    a.fraction(),
                    a.single(),
                    true,
                    a.offset() + b.number().constant());
        }
        if (a.isInteger() && b.isInteger()) {
            Signal sum = signals.add(a.number(), b.number());
            if (-(1L << 24) <= sum.range().lo() && sum.range().hi() <= 1L << 24) {
                return Real.exact(sum, 0);
            }
        }
        throw new Unsupported("real numbers are added");
    }

    /// A limit, which may come before rounding: what is rounded stays in order, and integers stay as they are.
    private Real limited(Real a, Real b, BinaryOperator<Signal> limit) {
        if (a.number().isConstant() && !b.number().isConstant()) {
            return limited(b, a, limit);
        }
        if (!b.isInteger() || !b.number().isConstant()) {
            throw new Unsupported("a real number is limited by another that is no constant");
        }
        long bound = (b.number().constant() - a.offset()) << a.fraction();
        return new Real(
                limit.apply(a.number(), signals.constant(bound)), a.fraction(), a.single(), a.whole(), a.offset());
    }
}
