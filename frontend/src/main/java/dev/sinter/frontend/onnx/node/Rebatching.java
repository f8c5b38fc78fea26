package dev.sinter.frontend.onnx.node;

import dev.sinter.ir.type.Shape;
import java.util.Map;
import java.util.Optional;

/// A batch in place of the 1 that a file was written for. Shapes in the file no longer hold; those of an import with a
/// batch of 1 say what becomes of each image.
///
/// @param single the shapes of all values with a batch of 1, by name
public record Rebatching(long batch, Map<String, Shape> single) {
    public Rebatching {
        single = Map.copyOf(single);
    }

    /// The shape to which `x` is reshaped, if that is the same as reshaping each image by itself and joining them
    /// along the first dimension: so it is where the images come one after the other in `x`.
    public Optional<Shape> reshaped(String x, Shape shape, String y) {
        Shape after = single.get(y);
        return hasGrown(x, shape) && after != null && after.rank() > 0 ? Optional.of(grown(after)) : Optional.empty();
    }

    /// True if a value of that name, and of that shape now, holds as many images one after the other.
    public boolean hasGrown(String name, Shape shape) {
        Shape before = single.get(name);
        return before != null && before.rank() > 0 && shape.equals(grown(before));
    }

    private Shape grown(Shape shape) {
        return shape.with(0, Math.multiplyExact(shape.dim(0), batch));
    }
}
