package dev.sinter.ir.op;

/// What becomes of an operator where a network of float32 is computed in float16.
///
/// Its largest number is 65,504, and of as many equal addends as it has whole numbers, 2,048, one more no longer
/// changes the sum. So these stay in float32: sums over whole dimensions and means, whose partial sums pass the largest
/// number before the result does, long sums of products, and functions that grow or divide (exp, power, quotient and
/// what is made of them). Comparisons stay too, as rounding could turn them.
public enum HalfPrecision {
    /// It is computed in float16.
    COMPUTES,
    /// An element is written that is one of the input's, or between a few of them: it keeps the type in which it comes.
    MOVES,
    /// It stays in float32, as whatever is not known to be safe.
    STAYS;

    private static final long MOST_TERMS = 2048;

    /// Of a sum of so many products.
    static HalfPrecision ofSum(long terms) {
        return terms <= MOST_TERMS ? COMPUTES : STAYS;
    }
}
