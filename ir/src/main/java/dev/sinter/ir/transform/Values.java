package dev.sinter.ir.transform;

import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The expressions of statements.
final class Values {
    private Values() {}

    /// Calls `action` for every register that is read or assigned, at any depth.
    static void forEachRegister(List<Stmt> statements, Consumer<KernelExpr.Element> action) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Allocate _, Stmt.Barrier _ -> {}
                case Stmt.ChannelWrite(_, _, KernelExpr value) -> forEachRegister(value, action);
                case Stmt.ChannelRead(KernelExpr.Element target, _, _) -> action.accept(target);
                case Stmt.For loop -> forEachRegister(loop.body(), action);
                case Stmt.If(_, List<Stmt> body) -> forEachRegister(body, action);
                case Stmt.Let(_, KernelExpr value, List<Stmt> body) -> {
                    forEachRegister(value, action);
                    forEachRegister(body, action);
                }
                case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> {
                    action.accept(target);
                    forEachRegister(value, action);
                }
                case Stmt.Store store -> forEachRegister(store.value(), action);
            }
        }
    }

    private static void forEachRegister(KernelExpr value, Consumer<KernelExpr.Element> action) {
        value.forEach(part -> {
            if (part instanceof KernelExpr.Element register) {
                action.accept(register);
            }
        });
    }

    /// The statements with `change` applied to every assigned or stored value, at any depth.
    static List<Stmt> map(List<Stmt> statements, UnaryOperator<KernelExpr> change) {
        return statements.stream().map(statement -> map(statement, change)).toList();
    }

    static Stmt map(Stmt statement, UnaryOperator<KernelExpr> change) {
        return switch (statement) {
            case Stmt.Allocate _, Stmt.Barrier _, Stmt.ChannelRead _ -> statement;
            case Stmt.ChannelWrite(var channel, var number, KernelExpr value) ->
                new Stmt.ChannelWrite(channel, number, change.apply(value));
            case Stmt.For(var axis, var from, var until, var kind, List<Stmt> body) ->
                new Stmt.For(axis, from, until, kind, map(body, change));
            case Stmt.If(var conditions, List<Stmt> body) -> new Stmt.If(conditions, map(body, change));
            case Stmt.Let(var axis, KernelExpr value, List<Stmt> body) ->
                new Stmt.Let(axis, change.apply(value), map(body, change));
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) ->
                new Stmt.Assign(target, change.apply(value));
            case Stmt.Store(var buffer, var offset, KernelExpr value, var lanes) ->
                new Stmt.Store(buffer, offset, change.apply(value), lanes);
        };
    }
}
