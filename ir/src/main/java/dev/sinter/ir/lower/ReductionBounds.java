package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Nest;
import dev.sinter.ir.schedule.Tail;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which reduction loops leave out points of a padding, since those have no effect on any accumulator.
///
/// @param byCounter for a loop's counter the padding that bounds it
record ReductionBounds(Map<Axis, Expr.Within> byCounter) {
    /// A padding bounds a loop if its index depends on no other loop inside the reduction, and no halo makes it
    /// harmless. Loops around a barrier, or around what relies on their first iteration, are left whole.
    static ReductionBounds of(Demand demand, Nest nest, Paddings paddings) {
        List<Expr> updates = demand.formulas(nest).update().formulas();
        Map<Axis, Expr.Within> bounds = new IdentityHashMap<>();
        List<Nest.Counter> inner =
                nest.counters().subList(nest.reductionDepth(), nest.counters().size());
        for (Expr.Within padding : paddingsIn(updates)) {
            List<Nest.Counter> moving = inner.stream()
                    .filter(counter -> padding.index().dependsOn(counter.axis()))
                    .toList();
            boolean bounding = moving.size() == 1
                    && !demand.needsEveryIteration(nest, moving.getFirst())
                    && isPlain(moving.getFirst(), padding.index())
                    && updates.stream().allMatch(update -> PaddingEffect.isSkippable(update, padding))
                    && paddings.of(padding, Facts.NONE, nest.lanes().map(Nest.Counter::axis)) == Paddings.Fate.CHOICE;
            if (bounding) {
                bounds.putIfAbsent(moving.getFirst().axis(), padding);
            }
        }
        return new ReductionBounds(bounds);
    }

    private static Set<Expr.Within> paddingsIn(List<Expr> updates) {
        Set<Expr.Within> paddings = new LinkedHashSet<>();
        updates.forEach(update -> Group.visit(update, part -> {
            if (part instanceof Expr.Within padding) {
                paddings.add(padding);
            }
        }));
        return paddings;
    }

    private static boolean isPlain(Nest.Counter counter, Index index) {
        long factor = index.coefficient(counter.axis());
        return counter.reduces()
                && index.loaded().findAny().isEmpty()
                && counter.loop().kind() instanceof LoopKind.Serial
                && counter.loop().tail() == Tail.GUARD
                && factor > 0
                && !index.minus(Index.of(counter.axis()).times(factor)).dependsOn(counter.axis());
    }

    /// What holds inside of all bounded loops.
    Facts facts() {
        Facts facts = Facts.NONE;
        for (Expr.Within padding : byCounter.values()) {
            facts = facts.and(padding.index(), padding.lo(), padding.hi());
        }
        return facts;
    }

    /// The loop over `counter` with `body`, as short as its bound allows; none where it has no bound.
    Optional<List<Stmt>> loop(Nest.Counter counter, List<Stmt> body) {
        Axis axis = counter.axis();
        Expr.Within padding = byCounter.get(axis);
        if (padding == null) {
            return Optional.empty();
        }
        long factor = padding.index().coefficient(axis);
        Index rest = padding.index().minus(Index.of(axis).times(factor));
        Index from = firstAtLeast(padding.lo(), rest, factor).clamped(0, axis.extent());
        Index until = firstAtLeast(padding.hi(), rest, factor).clamped(0, axis.extent());
        return Optional.of(
                List.of(new Stmt.For(axis, from, until, counter.loop().kind(), body)));
    }

    /// The smallest k with factor · k + rest ≥ limit.
    private static Index firstAtLeast(long limit, Index rest, long factor) {
        return Index.of(limit).minus(rest).plus(factor - 1).dividedBy(factor);
    }
}
