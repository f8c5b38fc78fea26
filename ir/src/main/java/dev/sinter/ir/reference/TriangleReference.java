package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;

/// The oracle for triangles of matrices.
public final class TriangleReference {
    private TriangleReference() {}

    public static void evaluate(boolean upper, long diagonal, TensorView x, TensorView y) {
        Shape shape = x.type().shape();
        long columns = shape.dim(shape.rank() - 1);
        long rows = shape.dim(shape.rank() - 2);
        ParallelLoop.elements(shape.elements(), i -> {
            long row = i / columns % rows;
            long first = row + diagonal;
            boolean kept = upper ? i % columns >= first : i % columns <= first;
            if (kept) {
                y.setFrom(i, x, i);
            }
        });
    }
}
