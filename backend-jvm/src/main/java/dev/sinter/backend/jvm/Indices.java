package dev.sinter.backend.jvm;

import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import java.util.List;
import java.util.function.Consumer;

/// Finds the indices that statements use.
final class Indices {
    private Indices() {}

    /// Calls `action` for every index, at any depth.
    static void forEach(List<Stmt> statements, Consumer<Index> action) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Allocate _, Stmt.Barrier _, Stmt.ChannelWrite _, Stmt.ChannelRead _ -> {}
                case Stmt.For(_, Index from, Index until, _, List<Stmt> body) -> {
                    action.accept(from);
                    action.accept(until);
                    forEach(body, action);
                }
                case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) -> {
                    conditions.forEach(condition -> action.accept(condition.index()));
                    forEach(body, action);
                }
                case Stmt.Let(_, KernelExpr value, List<Stmt> body) -> {
                    forEach(value, action);
                    forEach(body, action);
                }
                case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> {
                    target.places().forEach(action);
                    forEach(value, action);
                }
                case Stmt.Store(_, Index offset, KernelExpr value, var lanes) -> {
                    forEach(value, action);
                    action.accept(offset);
                    lanes.ifPresent(condition -> action.accept(condition.index()));
                }
            }
        }
    }

    static void forEach(KernelExpr expr, Consumer<Index> action) {
        switch (expr) {
            case KernelExpr.Load(_, Index offset) -> action.accept(offset);
            case KernelExpr.Element element -> element.places().forEach(action);
            case KernelExpr.Position(Index index, _) -> action.accept(index);
            case KernelExpr.Within(Index index, _, _, _, _) -> action.accept(index);
            case KernelExpr.Constant _,
                    KernelExpr.Unary _,
                    KernelExpr.Binary _,
                    KernelExpr.MultiplyAdd _,
                    KernelExpr.Select _,
                    KernelExpr.Cast _ -> {}
        }
        expr.operands().forEach(operand -> forEach(operand, action));
    }
}
