package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Axis;
import java.util.List;
import java.util.stream.Stream;

/// How a kernel is started.
public sealed interface Launch {
    /// One dimension of an ND-range: which work-group, and which work-item inside of it.
    record Dimension(Axis group, Axis item) {
        public long extent() {
            return group.extent() * item.extent();
        }
    }

    /// Work-groups of work-items, in one to three dimensions.
    record NdRange(List<Dimension> dimensions) implements Launch {
        public NdRange {
            dimensions = List.copyOf(dimensions);
            if (dimensions.isEmpty() || dimensions.size() > 3) {
                throw new IllegalArgumentException("an ND-range has 1 to 3 dimensions, not " + dimensions.size());
            }
        }

        /// What tells work-items apart, the fastest running first.
        public List<Axis> ids() {
            return dimensions.stream()
                    .flatMap(dimension -> Stream.of(dimension.item(), dimension.group()))
                    .filter(id -> id.extent() > 1)
                    .toList();
        }

        public long workItems() {
            return dimensions.stream().map(Dimension::extent).reduce(1L, Math::multiplyExact);
        }

        /// The work-items of one work-group.
        public long groupSize() {
            return dimensions.stream()
                    .map(dimension -> dimension.item().extent())
                    .reduce(1L, Math::multiplyExact);
        }
    }

    /// One work-item that loops over everything, as FPGAs want it.
    record SingleTask() implements Launch {}
}
