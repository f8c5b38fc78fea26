package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import java.util.HashMap;
import java.util.Map;

/// What is known of indices at one place of a kernel, beyond the extents of the loops around it. Known ranges are kept
/// for indices without their constant, so that what is known of i holds for i - 8 as well.
record Facts(Map<Index, Range> known) {
    static final Facts NONE = new Facts(Map.of());

    Facts {
        known = Map.copyOf(known);
    }

    /// These facts, and that lo ≤ index < hi.
    Facts and(Index index, long lo, long hi) {
        Range own = rangeOf(index);
        long from = Math.max(own.lo(), lo);
        long to = Math.min(own.hi(), hi - 1);
        if (from > to) {
            return this;
        }
        Map<Index, Range> more = new HashMap<>(known);
        more.put(index.plus(-index.constant()), new Range(from - index.constant(), to - index.constant()));
        return new Facts(more);
    }

    /// These facts, and that index < lo or index ≥ hi, if that makes a range.
    Facts andOutside(Index index, long lo, long hi) {
        Range own = rangeOf(index);
        if (own.lo() >= lo && own.hi() >= hi) {
            return and(index, hi, Long.MAX_VALUE);
        }
        return own.hi() < hi && own.lo() < lo ? and(index, Long.MIN_VALUE, lo) : this;
    }

    Range rangeOf(Index index) {
        Range range = known.get(index.plus(-index.constant()));
        return range == null ? index.range() : new Range(range.lo() + index.constant(), range.hi() + index.constant());
    }
}
