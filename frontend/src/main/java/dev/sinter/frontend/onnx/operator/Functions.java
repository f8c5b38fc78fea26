package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
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
            Row.of("Neg", Functions::negate),
            Row.of("Abs", Functions::absolute));

    private Functions() {}

    private static Operand unary(OnnxNode node, Unary.Kind kind) {
        return node.apply(new Unary(kind), node.input());
    }

    private static boolean isInteger(Operand operand) {
        return !operand.type().element().isFloating();
    }

    private static Operand negate(OnnxNode node) {
        return isInteger(node.input()) ? negative(node) : unary(node, Unary.Kind.NEGATE);
    }

    private static Operand absolute(OnnxNode node) {
        return isInteger(node.input())
                ? node.apply(new Binary(Binary.Kind.MAX), node.input(), negative(node))
                : unary(node, Unary.Kind.ABS);
    }

    private static Operand negative(OnnxNode node) {
        Operand x = node.input();
        Tensor zero = Tensor.allocate(x.type().withShape(Shape.of()));
        return node.apply(new Binary(Binary.Kind.SUB), node.constant(zero), x);
    }
}
