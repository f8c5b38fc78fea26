package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import java.util.List;
import java.util.Optional;

/// Finds what is read along one axis.
final class Spans {
    private Spans() {}

    /// The smallest span around all indices: what depends on counters `outside` only is where it starts, what others
    /// add is how far it extends. Empty if the indices start in different places.
    static Optional<Nest.Span> around(List<Index> indices, List<Axis> outside) {
        Index base = null;
        Range reach = null;
        for (Index index : indices) {
            Index fixed = fixedPart(index, outside);
            Range range = index.minus(fixed).range();
            if (base != null && !base.equals(fixed)) {
                return Optional.empty();
            }
            base = fixed;
            reach = reach == null ? range : reach.union(range);
        }
        return base == null || reach == null
                ? Optional.empty()
                : Optional.of(new Nest.Span(base.plus(reach.lo()), reach.size()));
    }

    private static Index fixedPart(Index index, List<Axis> outside) {
        return index.only(atom -> !Index.of(atom).dependsOn(axis -> !outside.contains(axis)));
    }
}
