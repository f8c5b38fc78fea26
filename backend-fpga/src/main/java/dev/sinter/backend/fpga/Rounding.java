package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;

/// Makes integers of fractions, as single precision would: rounded to 24 bits first, then to an integer, halves to the
/// even one.
///
/// Whether a number is rounded up depends on the integer k below it and on how far the number is from k + 1/2. Single
/// precision takes what is not further from there than half of its last place, u, for k + 1/2 itself, from either side.
/// A half goes to the even integer. So an even k is rounded up by what is more than 1/2 + u above it, and an odd k by
/// what is 1/2 - u above it or more. What that lacks from 1 is added, and fractions are cut off.
final class Rounding {
    /// Single precision has so many bits after the first.
    private static final int LAST_PLACE = 23;

    private final Signals signals;

    Rounding(Signals signals) {
        this.signals = signals;
    }

    /// The integer that `real` is.
    Signal integer(Real real) {
        Signal number = real.number();
        int fraction = real.fraction();
        if (fraction == 0 && real.single() && !Real.isExact(number.range())) {
            throw new Unsupported("integers of more than 24 bits are rounded to single precision");
        }
        if (fraction > 0 && !real.whole()) {
            throw new Unsupported("a fraction is to be an integer without being rounded");
        }
        Signal integer = fraction == 0 ? number : nearest(number, fraction, real);
        Range limits = real.limits();
        Signal limited =
                signals.least(signals.most(integer, signals.constant(limits.lo())), signals.constant(limits.hi()));
        return signals.add(limited, signals.constant(real.offset()));
    }

    private Signal nearest(Signal number, int fraction, Real real) {
        Signal below = signals.shiftRight(number, fraction);
        Signal odd = signals.equal(signals.bits(Signal.Gate.AND, below, signals.constant(1)), signals.constant(1));
        long half = 1L << (fraction - 1);
        // 1 - (1/2 - 0) for an odd one; of an even one, one less than 1 - (1/2 + 0), since a half itself stays below.
        Signal lack = signals.select(odd, signals.constant(half), signals.constant(half - 1));
        if (real.single()) {
            lack = signals.bits(Signal.Gate.XOR, lack, halfOfLastPlace(below, fraction, real.limits()));
        }
        return signals.shiftRight(signals.add(number, lack), fraction);
    }

    /// Half of what the last place of k + 1/2 is worth in single precision, for the integer k below: a power of two, by
    /// the highest bit of 2k + 1. It is below 1/2, so that to add it to 1/2, or to take it from what is just below 1/2,
    /// is to change one bit.
    ///
    /// @param limits beyond which it does not matter
    private Signal halfOfLastPlace(Signal below, int fraction, Range limits) {
        Signal size = below.range().lo() < 0
                ? signals.select(
                        signals.less(below, signals.constant(0)), signals.subtract(signals.constant(-1), below), below)
                : below;
        Signal mattering = signals.wrap(size, new Range(0, mask(size.range(), limits)));
        Signal twice = signals.bits(Signal.Gate.OR, signals.shiftLeft(mattering, 1), signals.constant(1));
        if (twice.range().hi() >> LAST_PLACE > 0) {
            throw new Unsupported("a number from " + below.range().lo() + " to "
                    + below.range().hi() + " is rounded, which single precision has no halves of");
        }
        // The last place of 1 is 2^-23, half of it 2^-24; 2k + 1 is twice as large as k + 1/2.
        int place = fraction - LAST_PLACE - 2;
        Signal highest = signals.highestBit(twice);
        return place < 0 ? signals.shiftRight(highest, -place) : signals.shiftLeft(highest, place);
    }

    /// All bits of the numbers up to those that matter.
    private static long mask(Range sizes, Range limits) {
        long farthest =
                Math.max(Math.abs(Math.max(limits.lo(), -sizes.hi())), Math.abs(Math.min(limits.hi(), sizes.hi())));
        long most = Math.min(sizes.hi(), farthest);
        return most == 0 ? 0 : -1L >>> Long.numberOfLeadingZeros(most);
    }
}
