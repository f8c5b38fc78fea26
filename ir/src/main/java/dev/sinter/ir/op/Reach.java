package dev.sinter.ir.op;

import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;

/// Which places of a picture an output element depends on. A place is a point along the last dimensions, of which there
/// are as many as the picture has.
public sealed interface Reach {
    /// Those under a window that slides over the input.
    record Sliding(Window window) implements Reach {}

    /// Those that a window spreads to it.
    record Spreading(Window window) implements Reach {}

    /// The one that stood as much earlier as `begins` says, with an entry for each of the input's dimensions.
    record Shifted(List<Long> begins) implements Reach {
        public Shifted {
            begins = List.copyOf(begins);
        }
    }

    /// The same place only, if a place is a point along no more than the last `dimensions`, and these are as long in
    /// the input as in the output.
    record SamePlace(int dimensions) implements Reach {}

    /// Any.
    record Everywhere() implements Reach {}

    /// For an operator that works along `axis`: dimensions after it keep their places.
    static Reach along(int axis, Shape input) {
        return new SamePlace(input.rank() - 1 - axis);
    }

    /// For the same elements in the same order under another shape.
    static Reach reshaped(Shape from, Shape to) {
        int same = 0;
        while (same < Math.min(from.rank(), to.rank())
                && from.dim(from.rank() - 1 - same) == to.dim(to.rank() - 1 - same)) {
            same++;
        }
        return new SamePlace(same);
    }
}
