package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;

/// Makes integers of fractions, as single precision would: rounded to 24 bits first, then to an integer, halves to the
/// even one.
///
/// The integer below is right, or the one above. Which, depends on that integer alone: there is a least fraction from
/// which on it is the one above; it is near a half, and differs by the exponent and by whether the integer is even.
/// What the number lacks from the next integer there is added, and fractions are cut off. The least fractions are
/// found by the arithmetic itself, so none is wrong.
final class Rounding {
    /// Beyond this many integers, what a number is rounded to should have been limited before.
    private static final long MOST_INTEGERS = 1 << 16;

    /// More bits are not exact in double precision.
    private static final int MOST_BITS = 53;

    private final Signals signals;

    Rounding(Signals signals) {
        this.signals = signals;
    }

    /// The integer that `real` is.
    Signal integer(Real real) {
        Signal number = real.number();
        if (real.fraction() == 0) {
            if (real.single() && !Real.isExact(number.range())) {
                throw new Unsupported("integers of more than 24 bits are rounded to single precision");
            }
            return signals.add(number, signals.constant(real.offset()));
        }
        if (!real.whole()) {
            throw new Unsupported("a fraction is to be an integer without being rounded");
        }
        int fraction = real.fraction();
        Signal below = signals.shiftRight(number, fraction);
        Range range = below.range();
        if (range.size() > MOST_INTEGERS || number.width() > MOST_BITS || fraction >= MOST_BITS) {
            throw new Unsupported("a number from " + number.range().lo() + " to "
                    + number.range().hi() + " is rounded, of which the last " + fraction + " bits are a fraction");
        }
        Signal lack = signals.select(
                signals.equal(signals.bits(Signal.Gate.AND, below, signals.constant(1)), signals.constant(1)),
                lacks(below, range, fraction, 1, real.single()),
                lacks(below, range, fraction, 0, real.single()));
        Signal rounded = signals.shiftRight(signals.add(number, lack), fraction);
        return signals.add(rounded, signals.constant(real.offset()));
    }

    /// What the least fraction that is rounded up lacks from 1, for the integers that are odd, or even: the same for
    /// many neighbours.
    private Signal lacks(Signal below, Range range, int fraction, int parity, boolean single) {
        long first = Math.floorMod(range.lo(), 2L) == parity ? range.lo() : range.lo() + 1;
        Signal result = null;
        long before = 0;
        // From the largest to the smallest, each choice leaves those above to what was made so far.
        long last = Math.floorMod(range.hi(), 2L) == parity ? range.hi() : range.hi() - 1;
        for (long integer = last; integer >= first; integer -= 2) {
            long lack = (1L << fraction) - leastRoundedUp(integer, fraction, single);
            if (result == null) {
                result = signals.constant(lack);
            } else if (lack != before) {
                result = signals.select(
                        signals.less(below, signals.constant(integer + 1)), signals.constant(lack), result);
            }
            before = lack;
        }
        return result == null ? signals.constant(0) : result;
    }

    /// The least fraction, in units of the last bit, from which on the integer above is the result; 2^fraction if there
    /// is none.
    private static long leastRoundedUp(long integer, int fraction, boolean single) {
        long low = 0;
        long high = 1L << fraction;
        while (low < high) {
            long middle = (low + high) >>> 1;
            double exact = Math.scalb((double) ((integer << fraction) + middle), -fraction);
            double rounded = Math.rint(single ? (double) (float) exact : exact);
            if (rounded > integer) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
