package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.op.Unary;
import java.util.List;

/// Mathematical functions of one operand.
final class Functions {
    static final List<Row> ROWS = List.of(
            Row.of("Exp", node -> unary(node, Unary.Kind.EXP)),
            Row.of("Log", node -> unary(node, Unary.Kind.LOG)),
            Row.of("Sqrt", node -> unary(node, Unary.Kind.SQRT)),
            Row.of("Reciprocal", node -> unary(node, Unary.Kind.RECIPROCAL)),
            Row.of("Erf", 9, node -> unary(node, Unary.Kind.ERF)),
            Row.of("Floor", node -> unary(node, Unary.Kind.FLOOR)),
            Row.of("Ceil", node -> unary(node, Unary.Kind.CEIL)),
            Row.of("Round", 11, node -> unary(node, Unary.Kind.ROUND)),
            Row.of("Neg", node -> unary(node, Unary.Kind.NEGATE)),
            Row.of("Abs", node -> unary(node, Unary.Kind.ABS)),
            Row.of("Sign", 9, node -> unary(node, Unary.Kind.SIGN)),
            Row.of("Sin", 7, node -> unary(node, Unary.Kind.SIN)),
            Row.of("Cos", 7, node -> unary(node, Unary.Kind.COS)),
            Row.of("Tan", 7, node -> unary(node, Unary.Kind.TAN)),
            Row.of("Asin", 7, node -> unary(node, Unary.Kind.ASIN)),
            Row.of("Acos", 7, node -> unary(node, Unary.Kind.ACOS)),
            Row.of("Atan", 7, node -> unary(node, Unary.Kind.ATAN)),
            Row.of("Sinh", 9, node -> unary(node, Unary.Kind.SINH)),
            Row.of("Cosh", 9, node -> unary(node, Unary.Kind.COSH)),
            Row.of("Asinh", 9, node -> unary(node, Unary.Kind.ASINH)),
            Row.of("Acosh", 9, node -> unary(node, Unary.Kind.ACOSH)),
            Row.of("Atanh", 9, node -> unary(node, Unary.Kind.ATANH)));

    private Functions() {}

    private static Operand unary(OnnxNode node, Unary.Kind kind) {
        return node.apply(new Unary(kind), node.input());
    }
}
