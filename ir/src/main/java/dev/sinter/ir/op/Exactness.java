package dev.sinter.ir.op;

/// How closely an operator's result in floating point can be foretold where all operands are small integers.
public enum Exactness {
    /// Bit for bit: nothing is rounded, in whatever order a kernel computes it.
    EXACT,
    /// Up to the rounding of one last division: a mean is an exact sum divided by a count.
    EXACT_BUT_DIVISION,
    /// Within the error bound only.
    ROUNDED
}
