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
        boolean constantFirst = a.number().isConstant() && !b.number().isConstant();
        return switch (function) {
            case MULTIPLY -> product(a, b);
            case ADD -> constantFirst ? sum(b, a) : sum(a, b);
            case MAX -> constantFirst ? limited(b, a, signals::most) : limited(a, b, signals::most);
            case MIN -> constantFirst ? limited(b, a, signals::least) : limited(a, b, signals::least);
            case SUBTRACT, DIVIDE, POWER, REMAINDER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT ->
                throw new Unsupported("there is no " + function + " of real numbers in hardware");
        };
    }

    private Real product(Real a, Real b) {
        if (a.single() || b.single() || a.whole() || b.whole()) {
            throw new Unsupported("a product of real numbers is multiplied again");
        }
        return new Real(signals.multiply(a.number(), b.number()), a.fraction() + b.fraction(), true, false, 0);
    }

    private Real sum(Real a, Real b) {
        if (a.whole() && b.isInteger() && b.number().isConstant()) {
            return a.shifted(b.number().constant());
        }
        if (a.isInteger() && b.isInteger()) {
            Signal sum = signals.add(a.number(), b.number());
            if (Real.isExact(sum.range())) {
                return Real.exact(sum, 0);
            }
        }
        throw new Unsupported("real numbers are added");
    }

    /// A limit, which may come before rounding: what is rounded stays in order, and integers stay as they are.
    private Real limited(Real a, Real b, BinaryOperator<Signal> limit) {
        if (!b.isInteger() || !b.number().isConstant()) {
            throw new Unsupported("a real number is limited by another that is no constant");
        }
        Signal integer = signals.constant(b.number().constant() - a.offset());
        Signal bound = signals.multiply(integer, signals.constant(1L << Math.min(a.fraction(), 62)));
        return a.with(limit.apply(a.number(), bound));
    }
}
