package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;

/// The oracle for where the largest or smallest element along an axis stands.
public final class ArgReduceReference {
    private ArgReduceReference() {}

    public static void evaluate(boolean largest, int axis, boolean last, TensorView x, TensorView y) {
        Shape shape = x.type().shape();
        long stride = shape.strides()[axis];
        int extent = Math.toIntExact(shape.dim(axis));
        ParallelLoop.units(y.type().shape().elements(), row -> {
            long first = row / stride * stride * extent + row % stride;
            Contest contest = new Contest(largest, last);
            for (int i = 0; i < extent; i++) {
                contest.add(x, first + i * stride, i);
            }
            contest.decide(y, row);
        });
    }
}
