package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.op.Bitwise;
import dev.sinter.ir.op.Compare;
import dev.sinter.ir.op.IsInfinite;
import dev.sinter.ir.op.IsNan;
import dev.sinter.ir.op.Logical;
import dev.sinter.ir.op.Modulo;
import dev.sinter.ir.op.Where;
import java.util.List;

/// Comparisons, functions of truth values and of bits, and what chooses by them.
final class Comparisons {
    static final List<Row> ROWS = List.of(
            Row.of("Equal", node -> compare(node, Compare.Kind.EQUAL)),
            Row.of("Less", node -> compare(node, Compare.Kind.LESS)),
            Row.of("Greater", node -> compare(node, Compare.Kind.GREATER)),
            Row.of("LessOrEqual", 12, node -> compare(node, Compare.Kind.LESS_EQUAL)),
            Row.of("GreaterOrEqual", 12, node -> compare(node, Compare.Kind.GREATER_EQUAL)),
            Row.of("And", node -> logical(node, Logical.Kind.AND)),
            Row.of("Or", node -> logical(node, Logical.Kind.OR)),
            Row.of("Xor", node -> logical(node, Logical.Kind.XOR)),
            Row.of("Not", node -> node.apply(new Logical(Logical.Kind.NOT), node.input())),
            Row.of("Where", 9, Comparisons::where),
            Row.of("IsNaN", 9, node -> node.apply(new IsNan(), node.input())),
            Row.of("IsInf", 10, Comparisons::isInfinite),
            Row.of("Mod", 10, Comparisons::modulo),
            Row.of("BitwiseAnd", 18, node -> bitwise(node, Bitwise.Kind.AND)),
            Row.of("BitwiseOr", 18, node -> bitwise(node, Bitwise.Kind.OR)),
            Row.of("BitwiseXor", 18, node -> bitwise(node, Bitwise.Kind.XOR)),
            Row.of("BitwiseNot", 18, node -> node.apply(new Bitwise(Bitwise.Kind.NOT), node.input())),
            Row.of("BitShift", 11, Comparisons::shift));

    private Comparisons() {}

    private static Operand compare(OnnxNode node, Compare.Kind kind) {
        return node.apply(new Compare(kind), node.input(0, "A"), ArithmeticOperators.second(node));
    }

    private static Operand logical(OnnxNode node, Logical.Kind kind) {
        return node.apply(new Logical(kind), node.input(0, "A"), ArithmeticOperators.second(node));
    }

    private static Operand bitwise(OnnxNode node, Bitwise.Kind kind) {
        return node.apply(new Bitwise(kind), node.input(0, "A"), node.input(1, "B"));
    }

    private static Operand where(OnnxNode node) {
        return node.apply(new Where(), node.input(0, "condition"), node.input(1, "X"), node.input(2, "Y"));
    }

    private static Operand isInfinite(OnnxNode node) {
        boolean negative = node.attributes().flag("detect_negative", true);
        boolean positive = node.attributes().flag("detect_positive", true);
        return node.apply(new IsInfinite(negative, positive), node.input());
    }

    private static Operand modulo(OnnxNode node) {
        boolean asInC = node.attributes().flag("fmod", false);
        Operand dividend = node.input(0, "A");
        if (dividend.type().element().isFloating() && !asInC) {
            throw node.attributeFault(
                    "fmod is 0 but must be 1 for floating-point numbers, and A is " + dividend.type());
        }
        Modulo.Kind kind = asInC ? Modulo.Kind.TRUNCATED : Modulo.Kind.FLOORED;
        return node.apply(new Modulo(kind), dividend, node.input(1, "B"));
    }

    private static Operand shift(OnnxNode node) {
        boolean left = node.attributes()
                .word("direction", "", List.of("LEFT", "RIGHT"))
                .equals("LEFT");
        Bitwise.Kind kind = left ? Bitwise.Kind.SHIFT_LEFT : Bitwise.Kind.SHIFT_RIGHT;
        return node.apply(new Bitwise(kind), node.input(0, "X"), node.input(1, "Y"));
    }
}
