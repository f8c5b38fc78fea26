package dev.sinter.ir.transform;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Writes unrolled loops out, statement after statement, for targets that do not do it themselves. What no longer
/// depends on a loop is settled: choices between constants are taken, loops of one iteration vanish, vector loops that
/// have come to stand side by side become one, and arrays of registers become single registers where every index is
/// constant.
public final class UnrollExpansion {
    private final Predicate<Stmt.For> chosen;
    private final FreshNames names;

    private UnrollExpansion(Predicate<Stmt.For> chosen, FreshNames names) {
        this.chosen = chosen;
        this.names = names;
    }

    /// Writes out every loop of kind [LoopKind.Unroll] whose bounds are constant.
    public static Kernel apply(Kernel kernel) {
        return apply(kernel, loop -> loop.kind() instanceof LoopKind.Unroll);
    }

    /// Writes out the loops with constant bounds that are `chosen`, of whatever kind but [LoopKind.Vector].
    public static Kernel apply(Kernel kernel, Predicate<Stmt.For> chosen) {
        FreshNames names = new FreshNames(kernel);
        List<Stmt> body = new UnrollExpansion(chosen, names).statements(kernel.body(), Scope.OUTERMOST);
        return kernel.with(Scalars.replace(body, names));
    }

    /// What stands for the axes and register arrays of the kernel in one copy of a loop's body.
    private record Scope(Map<Axis, Index> axes, Map<KernelArray, KernelArray> arrays, boolean isCopy) {
        static final Scope OUTERMOST = new Scope(Map.of(), Map.of(), false);

        Scope inside() {
            return new Scope(axes, new IdentityHashMap<>(arrays), isCopy);
        }

        Scope with(Axis axis, long value) {
            Map<Axis, Index> more = new HashMap<>(axes);
            more.put(axis, Index.of(value));
            return new Scope(more, new IdentityHashMap<>(arrays), true);
        }

        Index of(Index index) {
            return axes.isEmpty() ? index : index.substitute(axis -> axes.getOrDefault(axis, Index.of(axis)));
        }

        Stmt.Condition of(Stmt.Condition condition) {
            return new Stmt.Condition(of(condition.index()), condition.lo(), condition.hi());
        }
    }

    private List<Stmt> statements(List<Stmt> statements, Scope around) {
        Scope scope = around.inside();
        List<Stmt> expanded = new ArrayList<>();
        for (Stmt statement : statements) {
            statement(statement, scope).forEach(next -> append(next, expanded));
        }
        return expanded;
    }

    /// Two vector loops over one axis run statement by statement, and so does one that has the statements of both.
    static void append(Stmt next, List<Stmt> statements) {
        if (!statements.isEmpty()
                && statements.getLast() instanceof Stmt.For before
                && next instanceof Stmt.For after
                && before.kind() instanceof LoopKind.Vector
                && before.axis() == after.axis()) {
            List<Stmt> both =
                    Stream.concat(before.body().stream(), after.body().stream()).toList();
            statements.set(statements.size() - 1, Stmt.For.over(before.axis(), before.kind(), both));
        } else {
            statements.add(next);
        }
    }

    private List<Stmt> statement(Stmt statement, Scope scope) {
        return switch (statement) {
            case Stmt.Allocate(KernelArray array) -> List.of(new Stmt.Allocate(declare(array, scope)));
            case Stmt.For loop -> loop(loop, scope);
            case Stmt.If guarded -> guarded(guarded, scope);
            case Stmt.Let(Axis axis, KernelExpr value, List<Stmt> body) ->
                List.of(new Stmt.Let(axis, expression(value, scope), statements(body, scope)));
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) ->
                List.of(new Stmt.Assign((KernelExpr.Element) expression(target, scope), expression(value, scope)));
            case Stmt.Store store -> store(store, scope);
            case Stmt.Barrier _ -> List.of(statement);
            case Stmt.ChannelWrite(var channel, Index number, KernelExpr value) ->
                List.of(new Stmt.ChannelWrite(channel, scope.of(number), expression(value, scope)));
            case Stmt.ChannelRead(KernelExpr.Element target, var channel, Index number) ->
                List.of(new Stmt.ChannelRead(
                        (KernelExpr.Element) expression(target, scope), channel, scope.of(number)));
        };
    }

    private static List<Stmt> store(Stmt.Store store, Scope scope) {
        Optional<Stmt.Condition> lanes = store.lanes().map(scope::of);
        if (lanes.isPresent() && neverHolds(lanes.get())) {
            return List.of();
        }
        return List.of(new Stmt.Store(
                store.buffer(),
                scope.of(store.offset()),
                expression(store.value(), scope),
                lanes.filter(condition -> !condition.alwaysHolds())));
    }

    private static boolean neverHolds(Stmt.Condition condition) {
        return condition.index().range().isDisjointFrom(condition.lo(), condition.hi());
    }

    /// Each copy of a loop's body has registers of its own.
    private KernelArray declare(KernelArray array, Scope scope) {
        KernelArray own = scope.isCopy() && !array.isShared() ? names.copy(array) : array;
        scope.arrays().put(array, own);
        return own;
    }

    private List<Stmt> loop(Stmt.For loop, Scope scope) {
        if (loop.kind() instanceof LoopKind.Vector && loop.axis().extent() > 1) {
            return List.of(Stmt.For.over(loop.axis(), loop.kind(), statements(loop.body(), scope)));
        }
        Index from = scope.of(loop.from());
        Index until = scope.of(loop.until());
        if (!from.isConstant() || !until.isConstant()) {
            return List.of(new Stmt.For(loop.axis(), from, until, loop.kind(), statements(loop.body(), scope)));
        }
        boolean single = until.constant() - from.constant() <= 1;
        if (!single && !chosen.test(loop)) {
            return List.of(new Stmt.For(loop.axis(), from, until, loop.kind(), statements(loop.body(), scope)));
        }
        List<Stmt> copies = new ArrayList<>();
        for (long i = from.constant(); i < until.constant(); i++) {
            copies.addAll(statements(loop.body(), scope.with(loop.axis(), i)));
        }
        return copies;
    }

    private List<Stmt> guarded(Stmt.If guarded, Scope scope) {
        List<Stmt.Condition> open = new ArrayList<>();
        for (Stmt.Condition condition : guarded.conditions()) {
            Stmt.Condition here = scope.of(condition);
            if (neverHolds(here)) {
                return List.of();
            }
            if (!here.alwaysHolds()) {
                open.add(here);
            }
        }
        List<Stmt> body = statements(guarded.body(), scope);
        return open.isEmpty() ? body : List.of(new Stmt.If(open, body));
    }

    private static KernelExpr expression(KernelExpr expr, Scope scope) {
        return switch (expr) {
            case KernelExpr.Within(Index index, long lo, long hi, KernelExpr value, KernelExpr otherwise) -> {
                Index here = scope.of(index);
                Range range = here.range();
                if (range.isWithin(lo, hi)) {
                    yield expression(value, scope);
                }
                KernelExpr outside = expression(otherwise, scope);
                yield range.isDisjointFrom(lo, hi)
                        ? outside
                        : new KernelExpr.Within(here, lo, hi, expression(value, scope), outside);
            }
            case KernelExpr.Element(KernelArray array, List<Index> coordinates) ->
                new KernelExpr.Element(
                        scope.arrays().getOrDefault(array, array),
                        coordinates.stream().map(scope::of).toList());
            case KernelExpr.Load _, KernelExpr.Position _ -> expr.mapIndices(scope::of);
            case KernelExpr.Constant _,
                    KernelExpr.Unary _,
                    KernelExpr.Binary _,
                    KernelExpr.MultiplyAdd _,
                    KernelExpr.Select _,
                    KernelExpr.Cast _ -> expr.mapOperands(operand -> expression(operand, scope));
        };
    }
}
