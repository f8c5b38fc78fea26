package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;

/// The oracle for where the largest element under a window stands.
public final class PoolIndicesReference {
    private PoolIndicesReference() {}

    public static void evaluate(Window window, boolean columnMajor, TensorView x, TensorView y) {
        Shape shape = x.type().shape();
        WindowReads reads = WindowReads.of(window, shape, y.type().shape(), AxisReads::sliding);
        SpatialInput extents = SpatialInput.of(x);
        long perPlane = (long) extents.depth() * extents.height() * extents.width();
        ParallelLoop.units(shape.dim(0) * shape.dim(1), plane -> {
            int[] elements = new int[reads.points()];
            for (int position = 0; position < reads.positions(); position++) {
                int count = reads.under(position, extents, elements);
                Contest contest = new Contest(true, false);
                for (int i = 0; i < count; i++) {
                    long element = plane * perPlane + elements[i];
                    long place = columnMajor ? plane * perPlane + byColumns(extents, elements[i]) : element;
                    contest.add(x, element, place);
                }
                contest.decide(y, plane * reads.positions() + position, shape.elements());
            }
        });
    }

    /// The number of an element of a plane, numbered row by row, if columns are gone through one after the other.
    private static long byColumns(SpatialInput extents, int element) {
        long width = element % extents.width();
        long height = element / extents.width() % extents.height();
        long depth = element / extents.width() / extents.height();
        return (width * extents.height() + height) * extents.depth() + depth;
    }
}
