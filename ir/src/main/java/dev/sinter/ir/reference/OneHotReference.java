package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;

/// The oracle for one-hot encodings: everything off, then one element on for each index.
public final class OneHotReference {
    private OneHotReference() {}

    public static void evaluate(int axis, TensorView indices, TensorView values, TensorView y) {
        Shape shape = y.type().shape();
        for (long i = 0; i < shape.elements(); i++) {
            copy(values, 0, y, i);
        }
        long depth = shape.dim(axis);
        long stride = shape.strides()[axis];
        long count = indices.type().shape().elements();
        for (long i = 0; i < count; i++) {
            long index = index(indices, i);
            long place = index < 0 ? index + depth : index;
            if (place >= 0 && place < depth) {
                copy(values, 1, y, (i / stride * depth + place) * stride + i % stride);
            }
        }
    }

    private static long index(TensorView indices, long i) {
        return indices.type().element().isFloating() ? (long) indices.value(i) : indices.integer(i);
    }

    private static void copy(TensorView values, long from, TensorView y, long to) {
        if (y.type().element().isFloating()) {
            y.set(to, values.get(from));
        } else {
            y.setInteger(to, values.integer(from));
        }
    }
}
