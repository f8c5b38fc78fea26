package dev.sinter.frontend.onnx.exporting;

import dev.sinter.ir.op.Bitwise;
import dev.sinter.ir.op.Compare;
import dev.sinter.ir.op.Logical;

/// ONNX's words for comparisons and for functions of truth values and of bits.
final class ChoiceForms {
    private ChoiceForms() {}

    static String name(Compare.Kind kind) {
        return switch (kind) {
            case EQUAL -> "Equal";
            case LESS -> "Less";
            case LESS_EQUAL -> "LessOrEqual";
            case GREATER -> "Greater";
            case GREATER_EQUAL -> "GreaterOrEqual";
        };
    }

    static String name(Logical.Kind kind) {
        return switch (kind) {
            case AND -> "And";
            case OR -> "Or";
            case XOR -> "Xor";
            case NOT -> "Not";
        };
    }

    static NodeForm bitwise(Bitwise.Kind kind) {
        return switch (kind) {
            case AND -> NodeForm.of("BitwiseAnd");
            case OR -> NodeForm.of("BitwiseOr");
            case XOR -> NodeForm.of("BitwiseXor");
            case NOT -> NodeForm.of("BitwiseNot");
            case SHIFT_LEFT -> NodeForm.of("BitShift").word("direction", "LEFT");
            case SHIFT_RIGHT -> NodeForm.of("BitShift").word("direction", "RIGHT");
        };
    }
}
