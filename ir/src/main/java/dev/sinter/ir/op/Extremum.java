package dev.sinter.ir.op;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Limits;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.type.ElementType;
import java.util.List;

/// A reduction that remembers where its extreme element stands: a state of two, the element and its place. NaN is more
/// extreme than any number, as in NumPy; of equal elements the first or the last place counts, whatever the order in
/// which a kernel goes through them.
record Extremum(ArgReduce.Kind kind, boolean last) {
    /// Places are counted in it while a kernel looks for one: it has as many bits as a float32, so that both fit in
    /// vectors of the same size.
    static final ElementType PLACE = ElementType.INT32;

    /// @param value the element at a point of the reduction
    /// @param place its place; `none` where the point has no element
    /// @param none a place that any other is preferred to
    List<Stage.Accumulator> accumulators(Expr value, Expr place, Expr none) {
        ElementType type = value.type();
        Expr best = new Expr.State(0, false, type);
        Expr at = new Expr.State(1, false, PLACE);
        Expr otherBest = new Expr.State(0, true, type);
        Expr otherAt = new Expr.State(1, true, PLACE);
        return List.of(
                new Stage.Accumulator(worst(type), extreme(best, value), extreme(best, otherBest)),
                new Stage.Accumulator(none, place(best, at, value, place), place(best, at, otherBest, otherAt)));
    }

    private Expr worst(ElementType type) {
        return switch (kind) {
            case MAX -> Limits.least(type);
            case MIN -> Limits.greatest(type);
        };
    }

    private Expr extreme(Expr a, Expr b) {
        return switch (kind) {
            case MAX -> a.max(b);
            case MIN -> a.min(b);
        };
    }

    private Expr place(Expr a, Expr atA, Expr b, Expr atB) {
        Expr preferred = last ? atA.max(atB) : atA.min(atB);
        Expr unordered = a.type().isFloating() ? ofNan(a, atA, b, atB, preferred) : preferred;
        Expr notBetter = select(Expr.Comparison.EQUAL, a, b, preferred, unordered);
        return switch (kind) {
            case MAX -> select(Expr.Comparison.LESS, a, b, atB, select(Expr.Comparison.LESS, b, a, atA, notBetter));
            case MIN -> select(Expr.Comparison.LESS, b, a, atB, select(Expr.Comparison.LESS, a, b, atA, notBetter));
        };
    }

    /// At least one of the two is NaN, which alone does not equal itself.
    private static Expr ofNan(Expr a, Expr atA, Expr b, Expr atB, Expr preferred) {
        return select(Expr.Comparison.EQUAL, b, b, atA, select(Expr.Comparison.EQUAL, a, a, atB, preferred));
    }

    private static Expr select(Expr.Comparison comparison, Expr left, Expr right, Expr then, Expr otherwise) {
        return new Expr.Select(comparison, left, right, then, otherwise);
    }

    /// The place.
    static Expr found() {
        return new Expr.State(1, false, PLACE);
    }
}
