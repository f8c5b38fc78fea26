package dev.sinter.cli.input;

import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.Optional;

/// How a network takes pictures.
///
/// @param order where the channels stand; NCHW also if there is no dimension for a single one
record PixelShape(int channels, int height, int width, ArrayLayout order) {
    private static final List<Long> CHANNELS = List.of(1L, 3L);

    /// The form of an input, if pictures can be fed to it: `[N,C,H,W]`, `[N,H,W,C]` or `[N,H,W]` with one or three
    /// channels.
    static Optional<PixelShape> of(Shape shape) {
        if (shape.rank() == 4 && CHANNELS.contains(shape.dim(1))) {
            return Optional.of(new PixelShape(extent(shape, 1), extent(shape, 2), extent(shape, 3), ArrayLayout.NCHW));
        }
        if (shape.rank() == 4 && CHANNELS.contains(shape.dim(3))) {
            return Optional.of(new PixelShape(extent(shape, 3), extent(shape, 1), extent(shape, 2), ArrayLayout.NHWC));
        }
        return shape.rank() == 3
                ? Optional.of(new PixelShape(1, extent(shape, 1), extent(shape, 2), ArrayLayout.NCHW))
                : Optional.empty();
    }

    private static int extent(Shape shape, int axis) {
        return Math.toIntExact(shape.dim(axis));
    }
}
