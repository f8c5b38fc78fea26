package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Writes stages out where they are called.
public final class Inlining {
    private Inlining() {}

    /// `expr` with `at` applied to its indices, and every call of a stage that `inlined` accepts replaced by what the
    /// stage computes there.
    public static Expr resolve(Expr expr, UnaryOperator<Index> at, Predicate<Stage> inlined) {
        return switch (expr) {
            case Expr.Call(Stage stage, List<Index> coordinates) -> {
                List<Index> here = coordinates.stream().map(at).toList();
                yield inlined.test(stage)
                        ? resolve(
                                stage.finish(),
                                index -> index.substitute(
                                        axis -> here.get(stage.axes().indexOf(axis))),
                                inlined)
                        : new Expr.Call(stage, here);
            }
            case Expr.Within(Index index, long lo, long hi, Expr value, Expr otherwise) ->
                new Expr.Within(at.apply(index), lo, hi, resolve(value, at, inlined), resolve(otherwise, at, inlined));
            case Expr.Read _, Expr.Position _, Expr.Constant _, Expr.State _, Expr.Load _, Expr.Register _ ->
                expr.mapIndices(at);
            case Expr.Unary _, Expr.Binary _, Expr.MultiplyAdd _, Expr.Select _, Expr.Cast _ ->
                expr.mapOperands(operand -> resolve(operand, at, inlined));
        };
    }
}
