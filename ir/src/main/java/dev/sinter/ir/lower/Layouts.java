package dev.sinter.ir.lower;

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

    /// True if a tensor is known at compile time.
    default boolean isConstant(Source source) {
        return false;
    }

    /// The layout in which one kernel reads a tensor at `coordinates`, with `lanes` running over a vector if there is
    /// one. Constants may be packed differently for each kernel; all else lies in one way only.
    default Layout forRead(Source source, List<Index> coordinates, Optional<Axis> lanes) {
        return of(source);
    }

    /// True if memory around the tensor holds `fill` for all coordinates in `range` along `axis`, so that reading there
    /// needs no test.
    default boolean hasHalo(
            Source source, List<Index> coordinates, Optional<Axis> lanes, int axis, Range range, double fill) {
        Layout layout = forRead(source, coordinates, lanes);
        Range reach = layout.reach(axis);
        return layout.hasHalo() && layout.fill() == fill && range.isWithin(reach.lo(), reach.hi() + 1);
    }
}
