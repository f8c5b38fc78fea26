package dev.sinter.ir.numeric;

import dev.sinter.ir.type.ElementType;

/// One rounding per term of a sum. With n in place of n / (1 - n·u), and for every order of summation, this bound is
/// due to Jeannerod and Rump, "Improved error bounds for inner products in floating-point arithmetic" (2013).
enum SerialRounding implements Rounding {
    INSTANCE;

    /// For double it is twice the type's: the oracle computes in double as well and may be off by as much.
    @Override
    public double unit(ElementType type) {
        return type == ElementType.FLOAT64 ? 2 * type.unitRoundoff() : type.unitRoundoff();
    }

    @Override
    public double sum(long terms) {
        return terms;
    }
}
