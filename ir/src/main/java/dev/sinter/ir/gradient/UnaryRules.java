package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Unary;

/// Functions of one element: dx = f'(x) · dy, written with y = f(x) where that is cheaper. Where f has a kink, the
/// gradient there is that of the branch towards zero: relu, abs and leaky relu have zero or the lower slope at 0.
final class UnaryRules {
    private UnaryRules() {}

    static Value gradient(Unary.Kind kind, Backward at) {
        Value x = at.input(0);
        Value y = at.output();
        Value dy = at.gradient();
        return switch (kind) {
            // y, and not x, which need not be kept then: so relu stays fused with what it reads.
            case RELU -> at.gated(Gate.Kind.LESS, dy, at.number(0), y);
            case SIGMOID -> at.times(dy, at.times(y, at.minus(at.number(1), y)));
            case TANH -> at.times(dy, at.minus(at.number(1), at.times(y, y)));
            case EXP -> at.times(dy, y);
            case LOG -> at.dividedBy(dy, x);
            case SQRT -> at.dividedBy(at.scaled(dy, 0.5), y);
            case ABS ->
                at.minus(at.gated(Gate.Kind.LESS, dy, at.number(0), x), at.gated(Gate.Kind.LESS, dy, x, at.number(0)));
            case NEGATE -> at.unary(Unary.Kind.NEGATE, dy);
            case RECIPROCAL -> at.unary(Unary.Kind.NEGATE, at.times(dy, at.times(y, y)));
            // 2/√π · exp(-x²)
            case ERF ->
                at.times(
                        at.scaled(dy, 2 / Math.sqrt(Math.PI)),
                        at.unary(Unary.Kind.EXP, at.unary(Unary.Kind.NEGATE, at.times(x, x))));
            case FLOOR, CEIL, ROUND, SIGN -> at.nodes().filled(x.type(), 0);
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH ->
                TrigonometricRules.gradient(kind, at);
        };
    }

    /// dx = dy where x > 0, alpha · dy elsewhere.
    static Value leakyRelu(double alpha, Backward at) {
        return slopes(at, at.scaled(at.gradient(), alpha));
    }

    /// dx = dy where x > 0, slope · dy elsewhere; d slope = x · dy where x < 0, summed over what it was stretched to.
    static Value prelu(Backward at, int operand) {
        if (operand == 0) {
            return slopes(at, at.times(at.gradient(), at.input(1)));
        }
        Value product = at.times(at.gradient(), at.input(0));
        Value below = at.gated(Gate.Kind.LESS, product, at.input(0), at.number(0));
        return at.summedTo(below, at.input(1).type().shape());
    }

    private static Value slopes(Backward at, Value below) {
        Value x = at.input(0);
        return at.plus(
                at.gated(Gate.Kind.LESS, at.gradient(), at.number(0), x),
                at.gated(Gate.Kind.LESS_EQUAL, below, x, at.number(0)));
    }

    /// dx = dy where min < x < max, zero elsewhere.
    static Value clip(double min, double max, Backward at) {
        Value above = at.gated(Gate.Kind.LESS, at.gradient(), at.number(min), at.input(0));
        return at.gated(Gate.Kind.LESS, above, at.input(0), at.number(max));
    }
}
