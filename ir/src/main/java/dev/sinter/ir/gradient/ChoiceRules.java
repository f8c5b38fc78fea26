package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Where;
import dev.sinter.ir.type.Shape;

/// Operators that choose between values, and those that have a threshold.
final class ChoiceRules {
    private ChoiceRules() {}

    /// What was chosen gets the gradient, the other gets zero, each summed over what broadcasting had repeated.
    static Value where(Backward at, int operand) {
        Value zero = at.nodes().filled(at.gradient().type().withShape(Shape.of()), 0);
        Value whole = operand == 1
                ? at.apply(new Where(), at.input(0), at.gradient(), zero)
                : at.apply(new Where(), at.input(0), zero, at.gradient());
        return at.summedTo(whole, at.input(operand).type().shape());
    }

    /// dx = dy where x > alpha, zero elsewhere.
    static Value thresholdedRelu(double alpha, Backward at) {
        return at.gated(Gate.Kind.LESS, at.gradient(), at.number(alpha), at.input(0));
    }

    /// dx = dy where x lies beyond lambda on either side, zero elsewhere.
    static Value shrink(double lambda, Backward at) {
        if (lambda < 0) {
            return at.gradient();
        }
        Value x = at.input(0);
        Value above = at.gated(Gate.Kind.LESS, at.gradient(), at.number(lambda), x);
        Value below = at.gated(Gate.Kind.LESS, at.gradient(), x, at.number(-lambda));
        return at.plus(above, below);
    }

    /// a - b · trunc(a / b): with respect to a it is 1, with respect to b the whole number of times that b goes into a,
    /// negated.
    static Value remainder(Backward at, int operand) {
        if (operand == 0) {
            return at.summedTo(at.gradient(), at.input(0).type().shape());
        }
        Value times = at.dividedBy(at.minus(at.output(), at.input(0)), at.input(1));
        return at.summedTo(at.times(at.gradient(), times), at.input(1).type().shape());
    }
}
