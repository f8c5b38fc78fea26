package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import java.util.HashMap;
import java.util.Map;

/// What is known of indices at one place of a kernel, beyond the extents of the loops around it.
record Facts(Map<Index, Range> known) {
    static final Facts NONE = new Facts(Map.of());

    Facts {
        known = Map.copyOf(known);
    }

    /// These facts, and that lo ≤ index < hi.
    Facts and(Index index, long lo, long hi) {
        Range own = rangeOf(index);
        long from = Math.max(own.lo(), lo);
        long until = Math.min(own.hi(), hi - 1);
        if (from > until) {
            return this;
        }
        Map<Index, Range> more = new HashMap<>(known);
        more.put(index, new Range(from, until));
        return new Facts(more);
    }

    Range rangeOf(Index index) {
        Range range = known.get(index);
        return range == null ? index.range() : range;
    }
}
