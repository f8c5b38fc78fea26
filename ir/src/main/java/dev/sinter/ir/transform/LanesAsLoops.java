package dev.sinter.ir.transform;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.kernel.Widths;
import dev.sinter.ir.schedule.LoopKind;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts loops over single numbers in place of vectors, for targets that have none: each statement of a vector loop gets
/// an unrolled loop of its own, and an array of vectors is one of numbers, the lanes innermost.
public final class LanesAsLoops {
    private final Map<KernelArray, KernelArray> arrays = new IdentityHashMap<>();

    private LanesAsLoops() {}

    public static Kernel apply(Kernel kernel) {
        return kernel.with(new LanesAsLoops().statements(kernel.body(), Optional.empty()));
    }

    /// @param lanes what the vector loop around counts by, if there is one
    private List<Stmt> statements(List<Stmt> statements, Optional<Axis> lanes) {
        return statements.stream()
                .flatMap(statement -> statement(statement, lanes).stream())
                .toList();
    }

    private List<Stmt> statement(Stmt statement, Optional<Axis> lanes) {
        return switch (statement) {
            case Stmt.Allocate(KernelArray array) -> List.of(new Stmt.Allocate(of(array)));
            case Stmt.For loop
            when loop.kind() instanceof LoopKind.Vector ->
                statements(loop.body(), Optional.of(loop.axis()).filter(axis -> axis.extent() > 1));
            case Stmt.For(var axis, Index from, Index until, var kind, List<Stmt> body) ->
                List.of(new Stmt.For(axis, from, until, kind, statements(body, lanes)));
            case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) ->
                List.of(new Stmt.If(conditions, statements(body, lanes)));
            case Stmt.Let(var axis, KernelExpr value, List<Stmt> body) ->
                List.of(new Stmt.Let(axis, expression(value, Optional.empty()), statements(body, lanes)));
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> {
                Stmt assign = new Stmt.Assign((KernelExpr.Element) expression(target, lanes), expression(value, lanes));
                yield Widths.of(target, lanes) > 1 ? each(lanes, assign) : List.of(assign);
            }
            case Stmt.Store(var buffer, Index offset, KernelExpr value, Optional<Stmt.Condition> guard) -> {
                Stmt store = new Stmt.Store(buffer, offset, expression(value, lanes), Optional.empty());
                yield each(
                        lanes,
                        guard.<Stmt>map(condition -> new Stmt.If(List.of(condition), List.of(store)))
                                .orElse(store));
            }
            case Stmt.Barrier _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> List.of(statement);
        };
    }

    private static List<Stmt> each(Optional<Axis> lanes, Stmt statement) {
        return lanes.map(axis -> List.<Stmt>of(Stmt.For.over(axis, LoopKind.UNROLL, List.of(statement))))
                .orElse(List.of(statement));
    }

    private KernelArray of(KernelArray array) {
        return array.lanes() == 1
                ? array
                : arrays.computeIfAbsent(array, _ -> array.withExtents(append(array.extents(), (long) array.lanes())));
    }

    private KernelExpr expression(KernelExpr expr, Optional<Axis> lanes) {
        if (expr instanceof KernelExpr.Element(KernelArray array, List<Index> coordinates) && array.lanes() > 1) {
            return new KernelExpr.Element(of(array), append(coordinates, Index.of(lanes.orElseThrow())));
        }
        return expr.mapOperands(operand -> expression(operand, lanes));
    }

    private static <T> List<T> append(List<T> all, T last) {
        return Stream.concat(all.stream(), Stream.of(last)).toList();
    }
}
