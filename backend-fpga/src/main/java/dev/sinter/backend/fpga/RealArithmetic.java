package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.BinaryFunction;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;

/// Functions of numbers that stand for ones of single precision: those that quantisation needs.
final class RealArithmetic {
    private final Signals signals;

    RealArithmetic(Signals signals) {
        this.signals = signals;
    }

    /// @throws Unsupported if only floating-point arithmetic could do it
    /// @param product how numbers are multiplied
    Real binary(BinaryFunction function, Real a, Real b, BinaryOperator<Signal> product) {
        boolean constantFirst = a.number().isConstant() && !b.number().isConstant();
        return switch (function) {
            case MULTIPLY -> product(a, b, product);
            case ADD -> constantFirst ? sum(b, a) : sum(a, b);
            case MAX ->
                constantFirst
                        ? limited(b, a, signals::most, Real::atLeast)
                        : limited(a, b, signals::most, Real::atLeast);
            case MIN ->
                constantFirst
                        ? limited(b, a, signals::least, Real::atMost)
                        : limited(a, b, signals::least, Real::atMost);
            case SUBTRACT, DIVIDE, POWER, REMAINDER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT ->
                throw new Unsupported("there is no " + function + " of real numbers in hardware");
        };
    }

    private static Real product(Real a, Real b, BinaryOperator<Signal> product) {
        if (a.single() || b.single() || a.whole() || b.whole()) {
            throw new Unsupported("a product of real numbers is multiplied again");
        }
        return Real.of(product.apply(a.number(), b.number()), a.fraction() + b.fraction(), true);
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

    /// A limit. That of an integer is left for when it has been rounded; else it may come before, since what is rounded
    /// stays in order, and integers stay as they are.
    private Real limited(Real a, Real b, BinaryOperator<Signal> limit, BiFunction<Real, Long, Real> limitWhole) {
        if (!b.isInteger() || !b.number().isConstant()) {
            throw new Unsupported("a real number is limited by another that is no constant");
        }
        if (a.whole()) {
            return limitWhole.apply(a, b.number().constant());
        }
        Signal bound = signals.multiply(b.number(), signals.constant(1L << Math.min(a.fraction(), 62)));
        return a.with(limit.apply(a.number(), bound));
    }
}
