package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;

/// The oracle for diagonals: one step along the diagonal is a step along both axes.
public final class DiagonalReference {
    private DiagonalReference() {}

    public static void evaluate(int kept, int dropped, TensorView x, TensorView y) {
        long[] all = x.type().shape().strides();
        long[] strides = new long[all.length - 1];
        for (int axis = 0, to = 0; axis < all.length; axis++) {
            if (axis != dropped) {
                strides[to++] = axis == kept ? all[kept] + all[dropped] : all[axis];
            }
        }
        Shape shape = y.type().shape();
        StridedIndex places = new StridedIndex(shape, strides);
        ParallelLoop.elements(shape.elements(), i -> y.setFrom(i, x, places.at(i)));
    }
}
