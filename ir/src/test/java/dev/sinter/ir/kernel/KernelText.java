package dev.sinter.ir.kernel;

import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Index;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Statements in short, for comparing kernels before and after a pass.
public final class KernelText {
    private final StringBuilder text = new StringBuilder();

    private KernelText() {}

    public static String of(List<Stmt> statements) {
        KernelText printer = new KernelText();
        printer.statements(statements, "");
        return printer.text.toString();
    }

    private void statements(List<Stmt> statements, String indent) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Allocate(var array) ->
                    line(indent, "declare " + array + extents(array.extents()) + " x" + array.lanes());
                case Stmt.Barrier() -> line(indent, "barrier");
                case Stmt.ChannelWrite(var channel, var number, var value) ->
                    line(indent, channel + " << #" + number + " " + of(value));
                case Stmt.ChannelRead(var target, var channel, var number) ->
                    line(indent, of(target) + " << " + channel + " #" + number);
                case Stmt.For loop -> {
                    String kind = loop.kind().getClass().getSimpleName().toLowerCase(Locale.ROOT);
                    line(indent, kind + " " + loop.axis() + " in " + loop.from() + ".." + loop.until());
                    statements(loop.body(), indent + "  ");
                }
                case Stmt.If(var conditions, var body) -> {
                    line(indent, "if " + conditions.stream().map(KernelText::of).collect(Collectors.joining(" and ")));
                    statements(body, indent + "  ");
                }
                case Stmt.Let(var axis, var value, var body) -> {
                    line(indent, "let " + axis + " be " + of(value));
                    statements(body, indent + "  ");
                }
                case Stmt.Assign assign -> line(indent, of(assign.target()) + " = " + of(assign.value()));
                case Stmt.Store store ->
                    line(
                            indent,
                            store.buffer() + "[" + store.offset() + "] = " + of(store.value())
                                    + store.lanes()
                                            .map(lanes -> " where " + of(lanes))
                                            .orElse(""));
            }
        }
    }

    private void line(String indent, String line) {
        text.append(indent).append(line).append('\n');
    }

    private static String extents(List<?> values) {
        return values.isEmpty() ? "" : values.toString();
    }

    private static String of(Stmt.Condition condition) {
        return condition.lo() + " <= " + condition.index() + " < " + condition.hi();
    }

    public static String of(KernelExpr expr) {
        return switch (expr) {
            case KernelExpr.Constant(double value, _) -> String.valueOf(value);
            case KernelExpr.Load(var buffer, Index offset) -> buffer + "[" + offset + "]";
            case KernelExpr.Element(var array, var coordinates) -> array + extents(coordinates);
            case KernelExpr.Unary(var function, KernelExpr operand) -> name(function) + "(" + of(operand) + ")";
            case KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right) ->
                name(function) + "(" + of(left) + ", " + of(right) + ")";
            case KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) ->
                of(left) + " * " + of(right) + " + " + of(addend);
            case KernelExpr.Within(Index index, long lo, long hi, KernelExpr value, KernelExpr otherwise) ->
                "(" + lo + " <= " + index + " < " + hi + " ? " + of(value) + " : " + of(otherwise) + ")";
            case KernelExpr.Select(
                    var comparison,
                    KernelExpr left,
                    KernelExpr right,
                    KernelExpr then,
                    KernelExpr otherwise) ->
                "(" + of(left) + " " + name(comparison) + " " + of(right) + " ? " + of(then) + " : " + of(otherwise)
                        + ")";
            case KernelExpr.Cast(KernelExpr operand, var type) -> type + "(" + of(operand) + ")";
            case KernelExpr.Position(Index index, var type) -> type + "(" + index + ")";
        };
    }

    private static String name(Enum<?> function) {
        return function.name().toLowerCase(Locale.ROOT);
    }
}
