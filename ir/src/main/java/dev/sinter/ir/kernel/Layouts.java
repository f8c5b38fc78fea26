package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import java.util.List;
import java.util.Optional;

/// How the tensors that a kernel touches lie in memory.
@FunctionalInterface
public interface Layouts {
    Layout of(Source source);

    /// The layout in which one kernel reads a tensor at `coordinates`, with `lanes` running over a vector if there is
    /// one. Constants may be packed differently for each kernel; all else lies in one way only.
    default Layout forRead(Source source, List<Index> coordinates, Optional<Axis> lanes) {
        return of(source);
    }

    /// Told of every read: the coordinates that dimension `axis` of `source` is read at, beyond its extent too, where
    /// a halo that holds `fill` would save a test. An empty `fill` means that any readable memory will do.
    default void demand(Source source, int axis, Range range, Optional<Double> fill) {}
}
