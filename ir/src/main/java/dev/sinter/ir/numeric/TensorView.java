package dev.sinter.ir.numeric;

import dev.sinter.ir.type.TensorType;

/// A tensor as the oracle sees it: for every element a value v in double, and a bound r on how far a correct kernel's
/// result may lie from v. Elements are numbered in row-major order. Integer tensors hold longs and have no bound.
///
/// Views may be read by several threads at once, and written by several as long as no element has two writers.
public interface TensorView {
    TensorType type();

    double value(long i);

    /// How far a correct result may be from [#value(long)]; never negative, NaN where the value is NaN.
    double bound(long i);

    /// True if every bound is zero: the elements are the very bits that an operator reads.
    boolean isExact();

    /// An element of an integer tensor.
    long integer(long i);

    /// Copies `values.length` values that start at element `start`, converted to double: the quick way to read.
    void readValues(long start, double[] values);

    /// Copies bounds likewise.
    void readBounds(long start, double[] bounds);

    void set(long i, double value, double bound);

    void setInteger(long i, long value);
}
