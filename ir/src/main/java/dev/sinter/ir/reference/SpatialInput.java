package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;

/// A tensor `[N, C, …]` over one to three spatial dimensions, seen as three.
record SpatialInput(TensorView view, int channels, int depth, int height, int width) {
    static SpatialInput of(TensorView view) {
        Shape shape = view.type().shape();
        return new SpatialInput(view, extent(shape, 1), spatial(shape, 3), spatial(shape, 2), spatial(shape, 1));
    }

    private static int spatial(Shape shape, int fromEnd) {
        return shape.rank() - fromEnd < 2 ? 1 : extent(shape, shape.rank() - fromEnd);
    }

    private static int extent(Shape shape, int axis) {
        return Math.toIntExact(shape.dim(axis));
    }

    /// Where the row at these coordinates begins; `plane` counts through batch and channels.
    long row(long plane, int atDepth, int atHeight) {
        return ((plane * depth + atDepth) * height + atHeight) * width;
    }
}
