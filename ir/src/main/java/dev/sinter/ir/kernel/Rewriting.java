package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.Index;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changes every part of a statement of one kind.
public final class Rewriting {
    private Rewriting() {}

    /// The statements with `change` applied to every index, at any depth.
    public static List<Stmt> mapIndices(List<Stmt> statements, UnaryOperator<Index> change) {
        return statements.stream()
                .map(statement -> mapIndices(statement, change))
                .toList();
    }

    private static Stmt mapIndices(Stmt statement, UnaryOperator<Index> change) {
        return switch (statement) {
            case Stmt.Allocate _, Stmt.Barrier _ -> statement;
            case Stmt.For(var axis, Index from, Index until, var kind, List<Stmt> body) ->
                new Stmt.For(axis, change.apply(from), change.apply(until), kind, mapIndices(body, change));
            case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) ->
                new Stmt.If(
                        conditions.stream()
                                .map(condition -> mapIndex(condition, change))
                                .toList(),
                        mapIndices(body, change));
            case Stmt.Let(var axis, KernelExpr value, List<Stmt> body) ->
                new Stmt.Let(axis, value.mapIndices(change), mapIndices(body, change));
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) ->
                new Stmt.Assign((KernelExpr.Element) target.mapIndices(change), value.mapIndices(change));
            case Stmt.ChannelWrite(var channel, Index number, KernelExpr value) ->
                new Stmt.ChannelWrite(channel, change.apply(number), value.mapIndices(change));
            case Stmt.ChannelRead(KernelExpr.Element target, var channel, Index number) ->
                new Stmt.ChannelRead((KernelExpr.Element) target.mapIndices(change), channel, change.apply(number));
            case Stmt.Store(var buffer, Index offset, KernelExpr value, Optional<Stmt.Condition> lanes) ->
                new Stmt.Store(
                        buffer,
                        change.apply(offset),
                        value.mapIndices(change),
                        lanes.map(condition -> mapIndex(condition, change)));
        };
    }

    private static Stmt.Condition mapIndex(Stmt.Condition condition, UnaryOperator<Index> change) {
        return new Stmt.Condition(change.apply(condition.index()), condition.lo(), condition.hi());
    }

    /// The statements with other arrays in place of some, at any depth.
    public static List<Stmt> mapArrays(List<Stmt> statements, UnaryOperator<KernelArray> change) {
        return statements.stream()
                .map(statement -> mapArrays(statement, change))
                .toList();
    }

    private static Stmt mapArrays(Stmt statement, UnaryOperator<KernelArray> change) {
        return switch (statement) {
            case Stmt.Allocate(KernelArray array) -> new Stmt.Allocate(change.apply(array));
            case Stmt.Barrier _ -> statement;
            case Stmt.For(var axis, Index from, Index until, var kind, List<Stmt> body) ->
                new Stmt.For(axis, from, until, kind, mapArrays(body, change));
            case Stmt.If(List<Stmt.Condition> conditions, List<Stmt> body) ->
                new Stmt.If(conditions, mapArrays(body, change));
            case Stmt.Let(var axis, KernelExpr value, List<Stmt> body) ->
                new Stmt.Let(axis, mapArrays(value, change), mapArrays(body, change));
            case Stmt.Assign(KernelExpr.Element target, KernelExpr value) ->
                new Stmt.Assign((KernelExpr.Element) mapArrays(target, change), mapArrays(value, change));
            case Stmt.ChannelWrite(var channel, Index number, KernelExpr value) ->
                new Stmt.ChannelWrite(channel, number, mapArrays(value, change));
            case Stmt.ChannelRead(KernelExpr.Element target, var channel, Index number) ->
                new Stmt.ChannelRead((KernelExpr.Element) mapArrays(target, change), channel, number);
            case Stmt.Store(var buffer, Index offset, KernelExpr value, Optional<Stmt.Condition> lanes) ->
                new Stmt.Store(buffer, offset, mapArrays(value, change), lanes);
        };
    }

    private static KernelExpr mapArrays(KernelExpr expr, UnaryOperator<KernelArray> change) {
        return expr instanceof KernelExpr.Element(KernelArray array, List<Index> coordinates)
                ? new KernelExpr.Element(change.apply(array), coordinates)
                : expr.mapOperands(operand -> mapArrays(operand, change));
    }
}
