package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Whether boxes that are computed inside of loops come to all of a result, and share no element: work-items that
/// stored the same one would be in each other's way, and one that nobody stored would be missing.
final class StoredOnce {
    private StoredOnce() {}

    /// What is wrong, if anything is.
    ///
    /// @param box what one iteration of the loops around demands, per axis
    /// @param around the counters of those loops
    static Optional<String> fault(Stage stage, Placement.At at, List<Nest.Span> box, List<Axis> around) {
        if (at.kept() < at.computed()) {
            return Optional.of(
                    "is a result but kept inside " + at.kept() + " of the " + at.computed() + " loops that compute it");
        }
        List<Axis> unmoved = new ArrayList<>(around);
        unmoved.removeIf(counter -> counter.extent() == 1);
        for (int place = 0; place < box.size(); place++) {
            Axis axis = stage.axes().get(place);
            Nest.Span span = box.get(place);
            List<Axis> movers = unmoved.stream()
                    .filter(counter -> span.base().dependsOn(counter))
                    .sorted(Comparator.comparingLong(counter -> span.base().coefficient(counter)))
                    .toList();
            unmoved.removeAll(movers);
            Optional<String> gap = gap(axis, span, movers);
            if (gap.isPresent()) {
                return gap;
            }
        }
        return unmoved.isEmpty()
                ? Optional.empty()
                : Optional.of("is a result but computed again in each iteration of the loop over " + unmoved.getFirst()
                        + " of " + at.consumer());
    }

    /// Boxes along one axis must follow each other as digits of a number do.
    private static Optional<String> gap(Axis axis, Nest.Span span, List<Axis> movers) {
        Index sum = Index.ZERO;
        long covered = span.extent();
        for (Axis counter : movers) {
            long step = span.base().coefficient(counter);
            if (step != covered) {
                return Optional.of("is a result but stored along " + axis + " in parts of " + covered + " that are "
                        + step + " apart");
            }
            sum = sum.plus(Index.of(counter).times(step));
            covered *= counter.extent();
        }
        if (!span.base().equals(sum)) {
            return Optional.of("is a result but stored along " + axis + " from " + span.base() + " on");
        }
        return covered < axis.extent()
                ? Optional.of("is a result but stored along " + axis + " up to " + covered + " of " + axis.extent())
                : Optional.empty();
    }
}
