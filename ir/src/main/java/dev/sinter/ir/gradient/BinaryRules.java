package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Unary;

/// Functions of two elements. Each gradient is summed over what broadcasting had repeated.
final class BinaryRules {
    private BinaryRules() {}

    static Value gradient(Binary.Kind kind, Backward at, int operand) {
        Value whole = operand == 0 ? left(kind, at) : right(kind, at);
        return at.summedTo(whole, at.input(operand).type().shape());
    }

    /// With respect to a. Of two equal numbers, the maximum and the minimum are the left one.
    private static Value left(Binary.Kind kind, Backward at) {
        Value a = at.input(0);
        Value b = at.input(1);
        Value dy = at.gradient();
        return switch (kind) {
            case ADD, SUB -> dy;
            case MUL -> at.times(dy, b);
            case DIV -> at.dividedBy(dy, b);
            case MAX -> at.gated(Gate.Kind.LESS_EQUAL, dy, b, a);
            case MIN -> at.gated(Gate.Kind.LESS_EQUAL, dy, a, b);
            // b · a^(b - 1), and not b · y / a, which is 0 / 0 at a = 0.
            case POW -> at.times(dy, at.times(b, at.binary(Binary.Kind.POW, a, at.minus(b, at.number(1)))));
        };
    }

    /// With respect to b.
    private static Value right(Binary.Kind kind, Backward at) {
        Value a = at.input(0);
        Value b = at.input(1);
        Value y = at.output();
        Value dy = at.gradient();
        return switch (kind) {
            case ADD -> dy;
            case SUB -> at.unary(Unary.Kind.NEGATE, dy);
            case MUL -> at.times(dy, a);
            case DIV -> at.unary(Unary.Kind.NEGATE, at.times(dy, at.dividedBy(y, b)));
            case MAX -> at.gated(Gate.Kind.LESS, dy, a, b);
            case MIN -> at.gated(Gate.Kind.LESS, dy, b, a);
            // y · ln a, which is nothing at a = 0 (and no number below).
            case POW ->
                at.gated(Gate.Kind.LESS, at.times(dy, at.times(y, at.unary(Unary.Kind.LOG, a))), at.number(0), a);
        };
    }

    /// With respect to the value what the same gate lets through; what is compared has no influence.
    static Value gate(Gate.Kind kind, Backward at, int operand) {
        if (operand > 0) {
            return at.nodes().filled(at.input(operand).type(), 0);
        }
        Value whole = at.gated(kind, at.gradient(), at.input(1), at.input(2));
        return at.summedTo(whole, at.input(0).type().shape());
    }
}
