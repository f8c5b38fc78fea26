package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;

/// A number of a floating-point type, as hardware without floating-point arithmetic has it: an integer of fractions.
///
/// It stands for clamp(round(f32(number / 2^fraction)), lo, hi) + offset, where what is not marked is left out: a
/// product of two numbers of single precision is rounded once, and [Rounding] makes an integer of it that has been
/// rounded twice.
///
/// @param single true if it is still to be rounded to single precision
/// @param whole true if it is still to be rounded to an integer, halves to the even one; only then are there limits,
///     and an offset
/// @param limits between which the integer is made to lie
/// @param offset an integer that is added after that
record Real(Signal number, int fraction, boolean single, boolean whole, Range limits, long offset) {
    /// No limits.
    private static final Range UNLIMITED = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    /// Up to this far from 0, single precision has all integers.
    private static final long ALL_INTEGERS = 1L << 24;

    /// @param single true if it is still to be rounded to single precision
    static Real of(Signal number, int fraction, boolean single) {
        return new Real(number, fraction, single, false, UNLIMITED, 0);
    }

    static Real exact(Signal number, int fraction) {
        return of(number, fraction, false);
    }

    /// An integer as a number of single precision.
    static Real of(Signal integer) {
        return of(integer, 0, !isExact(integer.range()));
    }

    /// True if single precision has all integers of a range.
    static boolean isExact(Range range) {
        return -ALL_INTEGERS <= range.lo() && range.hi() <= ALL_INTEGERS;
    }

    /// This, rounded to an integer.
    Real rounded() {
        return new Real(number, fraction, single, true, limits, offset);
    }

    /// This, with a constant added after it is rounded to an integer.
    Real shifted(long by) {
        return new Real(number, fraction, single, whole, limits, offset + by);
    }

    /// This, not below an integer.
    Real atLeast(long least) {
        long lo = Math.max(limits.lo(), least - offset);
        return limited(new Range(lo, Math.max(lo, limits.hi())));
    }

    /// This, not above an integer.
    Real atMost(long most) {
        long hi = Math.min(limits.hi(), most - offset);
        return limited(new Range(Math.min(hi, limits.lo()), hi));
    }

    private Real limited(Range other) {
        return new Real(number, fraction, single, whole, other, offset);
    }

    /// The same of another number.
    Real with(Signal other) {
        return new Real(other, fraction, single, whole, limits, offset);
    }

    /// True if it is an integer as it stands.
    boolean isInteger() {
        return fraction == 0 && !single && !whole;
    }
}
