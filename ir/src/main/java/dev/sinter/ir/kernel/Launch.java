package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Axis;
import java.util.List;

/// How a kernel is started.
public sealed interface Launch {
    /// One work-item per point of `ids`, innermost dimension first, one to three of them. `local` is the size of a
    /// work-group in the same order, or empty to leave it to the device; it divides the extents.
    record NdRange(List<Axis> ids, List<Long> local) implements Launch {
        public NdRange {
            ids = List.copyOf(ids);
            local = List.copyOf(local);
            if (ids.isEmpty() || ids.size() > 3) {
                throw new IllegalArgumentException("an ND-range has 1 to 3 dimensions, not " + ids.size());
            }
        }

        public long workItems() {
            return ids.stream().map(Axis::extent).reduce(1L, (a, b) -> a * b);
        }
    }

    /// One work-item that loops over everything, as FPGAs want it.
    record SingleTask() implements Launch {}
}
