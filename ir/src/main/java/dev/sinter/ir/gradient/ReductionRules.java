package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Gate;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// Reductions over whole dimensions.
final class ReductionRules {
    private ReductionRules() {}

    /// Sum: dx = dy, repeated. Mean: dx = dy / count. Max and min: the largest or smallest elements share dy equally,
    /// which is one of the subgradients and what is symmetric. Log-sum-exp: dx = exp(x - y) · dy.
    static Value gradient(Reduce reduce, Backward at) {
        Shape x = at.input(0).type().shape();
        Shape kept = x;
        for (int axis : reduce.normalisedAxes(x)) {
            kept = kept.with(axis, 1);
        }
        Value gradient = at.reshaped(at.gradient(), kept);
        return switch (reduce.kind()) {
            case SUM -> at.stretched(gradient, x);
            case MEAN -> {
                double count = (double) x.elements() / kept.elements();
                yield at.stretched(at.scaled(gradient, 1 / count), x);
            }
            // exp(x - y) is the share of each element in the sum.
            case LOG_SUM_EXP -> {
                Value below = at.minus(at.input(0), at.reshaped(at.output(), kept));
                yield at.times(at.stretched(gradient, x), at.unary(Unary.Kind.EXP, below));
            }
            case PROD -> product(reduce, at, gradient, kept);
            case MAX, MIN -> {
                Value largest = at.reshaped(at.output(), kept);
                List<Long> axes = reduce.normalisedAxes(x).stream()
                        .map(Integer::longValue)
                        .toList();
                Value ties = at.sum(at.gated(Gate.Kind.EQUAL, at.number(1), at.input(0), largest), axes);
                yield at.gated(Gate.Kind.EQUAL, at.dividedBy(gradient, ties), at.input(0), largest);
            }
        };
    }

    /// The product of the others: y / x where no element is zero. Where one is, only that one has a gradient, and where
    /// two are, none has.
    private static Value product(Reduce reduce, Backward at, Value gradient, Shape kept) {
        Value x = at.input(0);
        List<Long> axes = reduce.normalisedAxes(x.type().shape()).stream()
                .map(Integer::longValue)
                .toList();
        Value isZero = at.gated(Gate.Kind.EQUAL, at.number(1), x, at.number(0));
        Value withoutZeros = at.plus(x, isZero);
        Value product = at.apply(new Reduce(Reduce.Kind.PROD, axes, true), withoutZeros);
        Value others = at.dividedBy(at.times(gradient, product), withoutZeros);
        return at.gated(Gate.Kind.EQUAL, others, at.sum(isZero, axes), isZero);
    }

    /// dx = y · (dy - Σ dy · y), the sum along the axis.
    static Value softmax(long axis, Backward at) {
        Shape shape = at.output().type().shape();
        List<Long> axes = List.of((long) shape.normaliseAxis(axis));
        Value mean = at.sum(at.times(at.gradient(), at.output()), axes);
        return at.times(at.output(), at.minus(at.gradient(), mean));
    }

    /// d logits = (softmax(logits) - targets) · dy, as the targets of a row add up to 1 (Bishop, Pattern Recognition
    /// and Machine Learning, 2006, equation 4.109); d targets = -log softmax(logits) · dy.
    static Value softmaxCrossEntropy(Backward at, int operand) {
        Value logits = at.input(0);
        Shape shape = logits.type().shape();
        Value column = at.reshaped(at.gradient(), Shape.of(shape.dim(0), 1));
        if (operand == 0) {
            return at.times(at.minus(at.apply(new Softmax(1), logits), at.input(1)), column);
        }
        Value below = at.minus(logits, at.apply(new Reduce(Reduce.Kind.MAX, List.of(1L), true), logits));
        Value total = at.sum(at.unary(Unary.Kind.EXP, below), List.of(1L));
        return at.times(at.minus(at.unary(Unary.Kind.LOG, total), below), column);
    }
}
