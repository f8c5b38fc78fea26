package dev.sinter.ir.transform;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Loads once what is used often: what does not change with an unrolled loop moves out of it, and equal loads of one
/// straight run of statements become one. For printers of languages whose compilers do not see it by themselves.
///
/// Only what is evaluated in any case moves, so that no load is made that was guarded; and never past a store to the
/// same buffer.
public final class LoadHoisting {
    private final FreshNames names;

    private LoadHoisting(FreshNames names) {
        this.names = names;
    }

    public static Kernel apply(Kernel kernel) {
        LoadHoisting hoisting = new LoadHoisting(new FreshNames(kernel));
        return kernel.with(hoisting.statements(kernel.body(), Optional.empty()));
    }

    private List<Stmt> statements(List<Stmt> statements, Optional<Axis> lanes) {
        List<Stmt> hoisted = new ArrayList<>();
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.For loop -> hoisted.addAll(loop(loop, lanes));
                case Stmt.If(var conditions, List<Stmt> body) ->
                    hoisted.add(new Stmt.If(conditions, statements(body, lanes)));
                case Stmt.Let(var axis, var value, List<Stmt> body) ->
                    hoisted.add(new Stmt.Let(axis, value, statements(body, lanes)));
                case Stmt.Allocate _,
                        Stmt.Barrier _,
                        Stmt.Assign _,
                        Stmt.Store _,
                        Stmt.ChannelWrite _,
                        Stmt.ChannelRead _ -> hoisted.add(statement);
            }
        }
        return new CommonLoads(names, lanes).of(hoisted);
    }

    private List<Stmt> loop(Stmt.For loop, Optional<Axis> lanes) {
        return switch (loop.kind()) {
            case LoopKind.Vector _ -> vector(loop);
            case LoopKind.Unroll _
            when isNeverEmpty(loop) -> {
                InvariantLoads invariants = new InvariantLoads(loop, lanes, names);
                List<Stmt> all = new ArrayList<>(invariants.before());
                Stmt.For rest = invariants.loop();
                all.add(new Stmt.For(
                        rest.axis(), rest.from(), rest.until(), rest.kind(), statements(rest.body(), lanes)));
                yield all;
            }
            case LoopKind.Unroll _, LoopKind.Serial _, LoopKind.Global _, LoopKind.Local _, LoopKind.Pipeline _ ->
                List.of(new Stmt.For(
                        loop.axis(), loop.from(), loop.until(), loop.kind(), statements(loop.body(), lanes)));
        };
    }

    static boolean isNeverEmpty(Stmt.For loop) {
        return loop.from().isConstant()
                && loop.until().isConstant()
                && loop.from().constant() < loop.until().constant();
    }

    /// Registers are declared outside of the vector loop that fills them.
    private List<Stmt> vector(Stmt.For loop) {
        Optional<Axis> lanes = loop.axis().extent() > 1 ? Optional.of(loop.axis()) : Optional.empty();
        List<Stmt> all = new ArrayList<>();
        List<Stmt> body = new ArrayList<>();
        for (Stmt statement : statements(loop.body(), lanes)) {
            (statement instanceof Stmt.Allocate ? all : body).add(statement);
        }
        all.add(Stmt.For.over(loop.axis(), loop.kind(), body));
        return all;
    }
}
