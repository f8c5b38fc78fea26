package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Nest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Merges what the work-items of a group have each reduced, as a tree in local memory: in each round the upper half of
/// what is left is merged into the lower one.
final class SplitReduction {
    private final Nest nest;
    private final List<KernelExpr.Element> states;
    private final List<KernelArray> partial = new ArrayList<>();
    private final List<Nest.Counter> beside;
    private final Index part;
    private final long parts;

    /// @param states each work-item's accumulators
    SplitReduction(Nest nest, List<KernelExpr.Element> states, Identifiers names) {
        this.nest = nest;
        this.states = states;
        this.beside = nest.counters().stream()
                .filter(counter -> !counter.reduces() && counter.loop().kind() instanceof LoopKind.Local)
                .toList();
        Index number = Index.ZERO;
        long count = 1;
        for (Nest.Counter counter : nest.sharedReduction()) {
            Axis axis = counter.axis();
            number = number.times(axis.extent()).plus(Index.of(axis));
            count *= axis.extent();
        }
        this.part = number;
        this.parts = count;
        for (KernelExpr.Element state : states) {
            List<Long> extents = new ArrayList<>();
            beside.forEach(counter -> extents.add(counter.axis().extent()));
            extents.add(parts);
            extents.addAll(state.array().extents());
            partial.add(new KernelArray(
                    names.register("part"),
                    state.type(),
                    extents,
                    state.array().lanes(),
                    Memory.LOCAL,
                    OptionalInt.empty()));
        }
    }

    /// True for the work-item that has the result.
    Stmt.Condition first() {
        return new Stmt.Condition(part, 0, 1);
    }

    /// The accumulators after merging.
    List<KernelExpr.Element> results() {
        return parts(Index.ZERO);
    }

    /// @param combine makes statements that merge the second accumulators into the first
    /// @param wrap puts the loops around statements that the accumulators' elements are for
    List<Stmt> merge(
            BiFunction<List<KernelExpr.Element>, List<KernelExpr.Element>, List<Stmt>> combine,
            UnaryOperator<List<Stmt>> wrap) {
        List<Stmt> statements = new ArrayList<>();
        partial.forEach(array -> statements.add(new Stmt.Allocate(array)));
        if (isRepeated()) {
            statements.add(new Stmt.Barrier());
        }
        List<KernelExpr.Element> own = parts(part);
        List<Stmt> put = new ArrayList<>();
        for (int slot = 0; slot < states.size(); slot++) {
            put.add(new Stmt.Assign(own.get(slot), states.get(slot)));
        }
        statements.addAll(wrap.apply(put));
        statements.add(new Stmt.Barrier());
        long left = parts;
        while (left > 1) {
            long kept = Math.ceilDiv(left, 2);
            List<Stmt> merged = wrap.apply(combine.apply(own, parts(part.plus(kept))));
            statements.add(new Stmt.If(List.of(new Stmt.Condition(part, 0, left - kept)), merged));
            statements.add(new Stmt.Barrier());
            left = kept;
        }
        return statements;
    }

    private boolean isRepeated() {
        Stream<Nest.Counter> before = nest.counters().subList(0, nest.reductionDepth()).stream();
        return nest.isRepeated()
                || before.anyMatch(counter ->
                        counter.axis().extent() > 1 && !counter.loop().kind().isParallel());
    }

    private List<KernelExpr.Element> parts(Index number) {
        List<KernelExpr.Element> elements = new ArrayList<>();
        for (int slot = 0; slot < states.size(); slot++) {
            List<Index> at = new ArrayList<>();
            beside.forEach(counter -> at.add(Index.of(counter.axis())));
            at.add(number);
            at.addAll(states.get(slot).coordinates());
            elements.add(new KernelExpr.Element(partial.get(slot), at));
        }
        return elements;
    }
}
