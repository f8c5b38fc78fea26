package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;

/// The oracle for one-hot encodings: everything off, then one element on for each index.
public final class OneHotReference {
    private OneHotReference() {}

    public static void evaluate(int axis, TensorView indices, TensorView values, TensorView y) {
        Shape shape = y.type().shape();
        for (long i = 0; i < shape.elements(); i++) {
            y.setFrom(i, values, 0);
        }
        long depth = shape.dim(axis);
        long stride = shape.strides()[axis];
        long count = indices.type().shape().elements();
        for (long i = 0; i < count; i++) {
            long index = index(indices, i);
            long place = index < 0 ? index + depth : index;
            long row = i / stride * depth * stride + i % stride;
            if (place >= 0 && place < depth) {
                y.setFrom(row + place * stride, values, 1);
            }
            // A fraction that is cut off may be nearly a whole.
            double bound = Math.ceil(indices.bound(i));
            for (long other = 0; other < depth && bound > 0; other++) {
                boolean maybe = Math.abs(other - index) <= bound || Math.abs(other - depth - index) <= bound;
                if (maybe || other == place) {
                    OpenIndex.widen(y, row + other * stride, distance(values));
                }
            }
        }
    }

    /// Where it is open whether an element is on or off.
    private static double distance(TensorView values) {
        return Math.abs(values.value(1) - values.value(0)) + Math.max(values.bound(0), values.bound(1));
    }

    private static long index(TensorView indices, long i) {
        return indices.type().element().isFloating() ? (long) indices.value(i) : indices.integer(i);
    }
}
