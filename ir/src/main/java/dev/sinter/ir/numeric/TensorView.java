package dev.sinter.ir.numeric;

import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;

/// A tensor as the oracle sees it: for every element a value v in double, and a bound r on how far a correct kernel's
/// result may lie from v. Elements are numbered in row-major order. Integer tensors hold longs, which have a bound
/// only if they were made of numbers with bounds.
///
/// Views may be read by several threads at once, and written by several as long as no element has two writers.
public interface TensorView {
    /// The elements of a tensor as they are: exact and read-only. The view reads the tensor's memory each time, so it
    /// follows changes, except that memory confined to one thread is copied at once.
    static TensorView of(Tensor tensor) {
        return new ExactView(tensor);
    }

    /// Zeros to be written, on the heap.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if there are more elements than a network computes with
    static TensorView allocate(TensorType type) {
        type.requireComputable("oracle");
        return type.element().isFloating() ? new BoundedView(type) : new IntegerView(type);
    }

    TensorType type();

    double value(long i);

    /// How far a correct result may be from [#value(long)]; never negative. Zero where the value is infinite and NaN
    /// where it is NaN: then the result is of that kind. Infinite where any result is correct, even NaN.
    double bound(long i);

    /// True if every bound is zero: the elements are the very bits that an operator reads.
    boolean isExact();

    /// An element of an integer tensor.
    long integer(long i);

    /// Copies `values.length` values that start at element `start`, converted to double: the quick way to read.
    void readValues(long start, double[] values);

    /// Copies bounds likewise.
    void readBounds(long start, double[] bounds);

    /// Copies |v| + r likewise: the largest magnitudes that correct elements may have.
    default void readMagnitudes(long start, double[] magnitudes) {
        double[] bounds = new double[magnitudes.length];
        readValues(start, magnitudes);
        readBounds(start, bounds);
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = Math.abs(magnitudes[i]) + bounds[i];
        }
    }

    void set(long i, double value, double bound);

    void setInteger(long i, long value);

    /// An integer that was made of a number with a bound: how far a correct one may lie from `value`.
    void setInteger(long i, long value, double bound);

    /// Value and bound together.
    default Bounded get(long i) {
        return new Bounded(value(i), bound(i));
    }

    default void set(long i, Bounded element) {
        set(i, element.value(), element.bound());
    }

    /// Sets an element to one of a tensor of the same element type.
    default void setFrom(long i, TensorView from, long element) {
        if (type().element().isFloating()) {
            set(i, from.value(element), from.bound(element));
        } else {
            setInteger(i, from.integer(element), from.bound(element));
        }
    }

    /// Copies all elements to a view of the same type.
    default void copyTo(TensorView other) {
        long elements = type().shape().elements();
        for (long i = 0; i < elements; i++) {
            other.setFrom(i, this, i);
        }
    }

    /// The values, each rounded once to the element type.
    default Tensor rounded() {
        Tensor tensor = Tensor.allocate(type());
        boolean floating = type().element().isFloating();
        long elements = type().shape().elements();
        for (long i = 0; i < elements; i++) {
            if (floating) {
                tensor.set(i, value(i));
            } else {
                tensor.setLong(i, integer(i));
            }
        }
        return tensor;
    }
}
