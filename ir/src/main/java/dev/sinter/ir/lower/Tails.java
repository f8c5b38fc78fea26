package dev.sinter.ir.lower;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Allocations;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.Rewriting;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.Nest;
import dev.sinter.ir.schedule.Tail;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Writes the loop over a counter, and apart from it the last iteration where that is to be peeled off. Conditions that
/// hold in all other iterations are gone from those.
final class Tails {
    private final Identifiers names;

    Tails(Identifiers names) {
        this.names = names;
    }

    List<Stmt> loop(Nest.Counter counter, List<Stmt> body) {
        Axis axis = counter.axis();
        boolean peeled = counter.loop().tail() == Tail.PEEL
                && axis.extent() > 1
                && counter.from().equals(Index.ZERO);
        if (!peeled) {
            return List.of(new Stmt.For(
                    axis,
                    counter.from(),
                    Index.of(axis.extent()),
                    counter.loop().kind(),
                    body));
        }
        Axis before = new Axis(axis.name(), axis.extent() - 1);
        List<Stmt> statements = new ArrayList<>();
        statements.add(Stmt.For.over(before, counter.loop().kind(), replaced(axis, Index.of(before), body)));
        statements.addAll(replaced(axis, Index.of(axis.extent() - 1), copied(body)));
        return statements;
    }

    /// The statements with arrays of their own, but for those that all work-items share.
    private List<Stmt> copied(List<Stmt> body) {
        Map<KernelArray, KernelArray> copies = new IdentityHashMap<>();
        Allocations.in(body)
                .filter(array -> !array.isShared())
                .forEach(array -> copies.put(array, array.named(names.another(array.name()))));
        return Rewriting.mapArrays(body, array -> copies.getOrDefault(array, array));
    }

    private static List<Stmt> replaced(Axis axis, Index by, List<Stmt> body) {
        return simplified(
                Rewriting.mapIndices(body, index -> index.substitute(other -> other == axis ? by : Index.of(other))));
    }

    private static List<Stmt> simplified(List<Stmt> statements) {
        List<Stmt> simpler = new ArrayList<>();
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.If guarded -> simpler.addAll(simplified(guarded));
                case Stmt.For(Axis axis, Index from, Index until, var kind, List<Stmt> body) ->
                    simpler.add(shortened(new Stmt.For(axis, from, until, kind, simplified(body))));
                case Stmt.Let(Axis axis, var value, List<Stmt> body) ->
                    simpler.add(new Stmt.Let(axis, value, simplified(body)));
                case Stmt.Allocate _,
                        Stmt.Barrier _,
                        Stmt.Assign _,
                        Stmt.Store _,
                        Stmt.ChannelWrite _,
                        Stmt.ChannelRead _ -> simpler.add(statement);
            }
        }
        return simpler;
    }

    private static List<Stmt> simplified(Stmt.If guarded) {
        if (guarded.conditions().stream().anyMatch(Stmt.Condition::neverHolds)) {
            return List.of();
        }
        List<Stmt.Condition> open = guarded.conditions().stream()
                .filter(condition -> !condition.alwaysHolds())
                .toList();
        List<Stmt> body = simplified(guarded.body());
        return open.isEmpty() ? body : List.of(new Stmt.If(open, body));
    }

    /// A loop all of whose body depends on its counter staying below a number ends there.
    private static Stmt shortened(Stmt.For loop) {
        if (!loop.isWhole()
                || loop.body().size() != 1
                || !(loop.body().getFirst() instanceof Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body))) {
            return loop;
        }
        List<Stmt.Condition> open = new ArrayList<>();
        long end = loop.axis().extent();
        for (Stmt.Condition condition : conditions) {
            Index rest = condition.index().minus(Index.of(loop.axis()));
            if (rest.isConstant() && rest.constant() >= condition.lo()) {
                end = Math.min(end, condition.hi() - rest.constant());
            } else {
                open.add(condition);
            }
        }
        List<Stmt> inner = open.isEmpty() ? body : List.of(new Stmt.If(open, body));
        return new Stmt.For(loop.axis(), loop.from(), Index.of(Math.max(0, end)), loop.kind(), inner);
    }
}
