package dev.sinter.ir.numeric;

import java.util.function.LongToDoubleFunction;

/// The product of many numbers, multiplied in any order.
///
/// Each of at most n roundings changes a product by a factor within 1 ± u, so that they make (1 + u)ⁿ - 1 of its
/// magnitude. A partial product may lie far above or below the whole: above it may overflow, below it may be taken for
/// zero, and what is lost then is at most what is left out times all factors above 1.
public final class RunningProduct {
    private double value = 1;
    private double magnitude = 1;
    private double largestPartial = 1;
    private double smallestPartial = 1;
    private long factors;
    private boolean isUnknown;
    private boolean hasNan;
    private boolean hasInfinity;
    private boolean hasZero;
    private boolean mayBeZero;

    public void times(Bounded factor) {
        factors++;
        isUnknown |= factor.isUnknown();
        hasNan |= Double.isNaN(factor.value());
        hasInfinity |= Double.isInfinite(factor.value());
        hasZero |= factor.value() == 0;
        mayBeZero |= factor.bound() > 0 && factor.leastMagnitude() <= 0;
        value *= factor.value();
        magnitude *= factor.magnitude();
        largestPartial *= Math.max(1, factor.magnitude());
        if (factor.value() != 0) {
            smallestPartial *= Math.min(1, Math.max(0, factor.leastMagnitude()));
        }
    }

    /// @param factor one of the factors, from 0 on
    public Bounded result(Arithmetic arithmetic, LongToDoubleFunction factor) {
        if (isUnknown) {
            return Bounded.unknown(value);
        }
        if (hasNan) {
            return Bounded.exact(Double.NaN);
        }
        double growth = arithmetic.growth(factors, factor);
        if (hasInfinity) {
            boolean mayVanish = smallestPartial <= arithmetic.underflow() * (1 + growth);
            return mayBeZero || mayVanish && !hasZero && arithmetic.rounds()
                    ? Bounded.unknown(value)
                    : Bounded.exact(value);
        }
        // A partial product that overflowed here would make NaN of a zero.
        double product = hasZero ? 0 : value;
        double most = hasZero && !mayBeZero ? 0 : magnitude;
        if (largestPartial * (1 + growth) <= arithmetic.largest()) {
            return arithmetic.product(product, most, growth, factors * arithmetic.underflow() * largestPartial);
        }
        boolean onlyGrows = smallestPartial == 1 && !hasZero;
        return onlyGrows || !arithmetic.rounds()
                ? arithmetic.product(product, most, growth, 0)
                : Bounded.unknown(product);
    }
}
