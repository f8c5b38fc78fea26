package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import java.util.List;
import java.util.Optional;

/// What paddings come to, in this order: proven away by the ranges of indices, by memory around a tensor that holds
/// what the padding yields, or left as a choice.
final class Paddings {
    private final Layouts layouts;

    Paddings(Layouts layouts) {
        this.layouts = layouts;
    }

    /// What a padding comes to at one place.
    enum Fate {
        /// Always the value inside.
        INSIDE,
        /// Always the other value.
        OUTSIDE,
        /// The value inside, read from where the other value lies.
        HALO,
        /// Either, by the index.
        CHOICE
    }

    Fate of(Expr.Within padding, Facts facts, Optional<Axis> lanes) {
        Range range = facts.rangeOf(uniform(padding, lanes));
        if (range.isWithin(padding.lo(), padding.hi())) {
            return Fate.INSIDE;
        }
        if (range.isDisjointFrom(padding.lo(), padding.hi())) {
            return Fate.OUTSIDE;
        }
        return isHalo(padding, facts, lanes) ? Fate.HALO : Fate.CHOICE;
    }

    /// The index with the vector's lanes left out where all lanes of a vector fall on the same side of both limits.
    static Index uniform(Expr.Within padding, Optional<Axis> vector) {
        if (vector.isEmpty()) {
            return padding.index();
        }
        Axis lanes = vector.get();
        Index index = padding.index();
        Index first = index.minus(Index.of(lanes).times(index.coefficient(lanes)));
        boolean aligned = index.coefficient(lanes) == 1
                && isMultiple(padding.lo(), lanes.extent())
                && isMultiple(padding.hi(), lanes.extent())
                && first.modulo(lanes.extent()).equals(Index.ZERO);
        return aligned ? first : index;
    }

    private static boolean isMultiple(long limit, long of) {
        return limit == Long.MAX_VALUE || limit == Long.MIN_VALUE || limit % of == 0;
    }

    private boolean isHalo(Expr.Within padding, Facts facts, Optional<Axis> lanes) {
        if (!(padding.otherwise() instanceof Expr.Constant(double outside, _))) {
            return false;
        }
        Expr inner = padding.value();
        while (inner instanceof Expr.Within next && next.otherwise().equals(padding.otherwise())) {
            inner = next.value();
        }
        if (!(inner instanceof Expr.Read(Source source, List<Index> coordinates)) || padding.lo() != 0) {
            return false;
        }
        int axis = coordinates.indexOf(padding.index());
        if (axis < 0 || padding.hi() != source.type().shape().dim(axis)) {
            return false;
        }
        Range range = facts.rangeOf(padding.index());
        return layouts.hasHalo(source, coordinates, lanes, axis, range, outside);
    }
}
