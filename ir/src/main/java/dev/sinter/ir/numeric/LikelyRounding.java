package dev.sinter.ir.numeric;

import dev.sinter.ir.type.ElementType;
import java.util.function.DoubleSupplier;

/// Rounding errors that are independent and centred grow like the square root of their number: 6 · √d in place of d
/// fails less than once in 10⁷ (Higham and Mary, "A new approach to probabilistic rounding error analysis", 2019).
///
/// @param looksAtAddends whether it is asked how many of them are the same
record LikelyRounding(Rounding worst, boolean looksAtAddends) implements Rounding {
    private static final double DEVIATIONS = 6;

    @Override
    public double unit(ElementType type) {
        return worst.unit(type);
    }

    @Override
    public double sum(long terms) {
        double most = worst.sum(terms);
        return Math.min(most, DEVIATIONS * Math.sqrt(most));
    }

    /// m errors that are one and the same deviate like a single one of m times its size.
    @Override
    public double sum(long terms, DoubleSupplier alike) {
        double most = worst.sum(terms);
        if (!looksAtAddends) {
            return sum(terms);
        }
        double together = terms == 0 ? 1 : alike.getAsDouble() / terms;
        return Math.min(most, DEVIATIONS * Math.sqrt(most * together));
    }

    @Override
    public double flushed(ElementType type) {
        return worst.flushed(type);
    }

    @Override
    public Rounding independent() {
        return new LikelyRounding(worst, false);
    }

    @Override
    public Rounding likely() {
        return new LikelyRounding(worst, true);
    }
}
