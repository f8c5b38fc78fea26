package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;

/// A number of a floating-point type, as hardware without floating-point arithmetic has it: an integer of fractions.
///
/// It stands for round(f32(number / 2^fraction)) + offset, where what is not marked is left out: a product of two
/// numbers of single precision is rounded once, and [Rounding] makes an integer of it that has been rounded twice. What
/// is larger or smaller stays so through both roundings, so that maxima and limits can come before.
///
/// @param single true if it is still to be rounded to single precision
/// @param whole true if it is still to be rounded to an integer, halves to the even one
/// @param offset an integer that is added after that; 0 if it is not `whole`
record Real(Signal number, int fraction, boolean single, boolean whole, long offset) implements Operand {
    /// Up to this far from 0, single precision has all integers.
    private static final long ALL_INTEGERS = 1L << 24;

    static Real exact(Signal number, int fraction) {
        return new Real(number, fraction, false, false, 0);
    }

    /// An integer as a number of single precision.
    static Real of(Signal integer) {
        return new Real(integer, 0, !isExact(integer.range()), false, 0);
    }

    /// True if single precision has all integers of a range.
    static boolean isExact(Range range) {
        return -ALL_INTEGERS <= range.lo() && range.hi() <= ALL_INTEGERS;
    }

    /// This, rounded to an integer.
    Real rounded() {
        return new Real(number, fraction, single, true, offset);
    }

    /// This, with a constant added after it is rounded to an integer.
    Real shifted(long by) {
        return new Real(number, fraction, single, whole, offset + by);
    }

    /// The same of another number.
    Real with(Signal other) {
        return new Real(other, fraction, single, whole, offset);
    }

    /// True if it is an integer as it stands.
    boolean isInteger() {
        return fraction == 0 && !single && !whole;
    }
}
