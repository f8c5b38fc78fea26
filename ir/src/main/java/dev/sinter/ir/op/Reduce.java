package dev.sinter.ir.op;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.diag.Excerpt;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.IntegerReduceReference;
import dev.sinter.ir.reference.ReduceReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// One number from all elements along some axes. Global pooling is a reduction over the spatial axes that keeps them.
public record Reduce(Kind kind, List<Long> axes, boolean keepDims) implements Op {
    /// What the number is.
    public enum Kind {
        SUM,
        /// Of integers without the remainder, toward zero.
        MEAN,
        /// The least number of the type, if there is no element.
        MAX,
        /// The greatest number of the type, if there is no element.
        MIN,
        PROD,
        /// log Σ exp(x), which is infinite where an element is, and -infinity of nothing or of -infinities alone.
        LOG_SUM_EXP
    }

    public Reduce {
        axes = List.copyOf(axes);
    }

    @Override
    public String mnemonic() {
        return "reduce_" + kind.name().toLowerCase(Locale.ROOT);
    }

    /// The axes reduced over, counted from the front, ascending.
    public Set<Integer> normalisedAxes(Shape input) {
        Set<Integer> set = new TreeSet<>();
        for (long axis : axes) {
            set.add(Checks.axis(this, axis, input));
        }
        return set;
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        requireElement(inputs);
        Shape x = inputs.getFirst().shape();
        Set<Integer> reduced = normalisedAxes(x);
        Checks.attribute(this, !reduced.isEmpty(), "axes " + Excerpt.of(axes) + " must name at least one axis");
        Checks.attribute(this, reduced.size() == axes.size(), "axes " + Excerpt.of(axes) + " name an axis twice");
        boolean empty = reduced.stream().anyMatch(axis -> x.dim(axis) == 0);
        Checks.attribute(this, kind != Kind.MEAN || !empty, kind + " over no element of " + x + " has no value");
        List<Long> dims = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!reduced.contains(axis)) {
                dims.add(x.dim(axis));
            } else if (keepDims) {
                dims.add(1L);
            }
        }
        return List.of(inputs.getFirst().withShape(new Shape(dims)));
    }

    private void requireElement(List<TensorType> inputs) {
        switch (kind) {
            case MAX, MIN -> {}
            case SUM, MEAN, PROD -> Checks.numeric(this, inputs);
            case LOG_SUM_EXP -> Checks.floating(this, inputs);
        }
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Points points = points(types);
        List<Axis> axes = points.axes();
        List<Axis> reduction = points.reduction();
        Expr value = inputs.getFirst().at(points.at());
        return List.of(
                switch (kind) {
                    case SUM -> Stage.sum(mnemonic(), axes, reduction, value);
                    case MAX -> Stage.max(mnemonic(), axes, reduction, value);
                    case MIN -> Stage.min(mnemonic(), axes, reduction, value);
                    case PROD -> Stage.product(mnemonic(), axes, reduction, value);
                    case MEAN -> {
                        Stage sum = Stage.sum(mnemonic(), axes, reduction, value);
                        Expr count = Expr.constant(sum.reductionPoints(), sum.type());
                        yield Stage.reduce(
                                mnemonic(),
                                axes,
                                reduction,
                                sum.accumulators(),
                                sum.finish().dividedBy(count));
                    }
                    case LOG_SUM_EXP -> logSumExp(types, inputs.getFirst());
                });
    }

    /// The axes of one stage that reduces, and the input's coordinates by them.
    private record Points(List<Axis> axes, List<Axis> reduction, List<Index> at) {}

    private Points points(Signature types) {
        Shape x = types.input(0).shape();
        Set<Integer> reduced = normalisedAxes(x);
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        List<Axis> reduction = new ArrayList<>();
        List<Index> at = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < x.rank(); axis++) {
            if (reduced.contains(axis)) {
                Axis along = new Axis("k" + axis, x.dim(axis));
                reduction.add(along);
                at.add(Index.of(along));
                next += keepDims ? 1 : 0;
            } else {
                at.add(Index.of(axes.get(next++)));
            }
        }
        return new Points(axes, reduction, at);
    }

    /// max + log Σ exp(x - max), which does not overflow. An infinite maximum is no shift: infinity less infinity is
    /// NaN, and without a shift exponentials and logarithm yield what they should.
    private Stage logSumExp(Signature types, Access x) {
        Points first = points(types);
        Stage max = Stage.max(mnemonic() + "_max", first.axes(), first.reduction(), x.at(first.at()));
        Points points = points(types);
        Expr largest = Access.of(max).at(points.axes().stream().map(Index::of).toList());
        Expr infinity = Expr.constant(Double.POSITIVE_INFINITY, largest.type());
        Expr zero = Expr.constant(0, largest.type());
        Expr shift = new Expr.Select(Expr.Comparison.LESS, largest.apply(UnaryFunction.ABS), infinity, largest, zero);
        Stage sum = Stage.sum(
                mnemonic(),
                points.axes(),
                points.reduction(),
                x.at(points.at()).minus(shift).apply(UnaryFunction.EXP));
        return Stage.reduce(
                mnemonic(),
                points.axes(),
                points.reduction(),
                sum.accumulators(),
                sum.finish().apply(UnaryFunction.LOG).plus(shift));
    }

    @Override
    public Role role() {
        return Role.WHOLE;
    }

    @Override
    public Reach reach(Signature types) {
        Shape x = types.input(0).shape();
        return Reach.along(normalisedAxes(x).stream().reduce(-1, Math::max), x);
    }

    @Override
    public Exactness exactness() {
        return switch (kind) {
            case SUM, MAX, MIN -> Exactness.EXACT;
            case MEAN -> Exactness.EXACT_BUT_DIVISION;
            // A product of many small integers is no small integer.
            case PROD, LOG_SUM_EXP -> Exactness.ROUNDED;
        };
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Set<Integer> reduced = normalisedAxes(inputs.getFirst().type().shape());
        if (!outputs.getFirst().type().element().isFloating()) {
            switch (kind) {
                case SUM -> IntegerReduceReference.sum(reduced, inputs, outputs);
                case MEAN -> IntegerReduceReference.mean(reduced, inputs, outputs);
                case MAX -> IntegerReduceReference.max(reduced, inputs, outputs);
                case MIN -> IntegerReduceReference.min(reduced, inputs, outputs);
                case PROD -> IntegerReduceReference.product(reduced, inputs, outputs);
                case LOG_SUM_EXP -> throw new CompilerFault(kind + " of integers");
            }
            return;
        }
        switch (kind) {
            case SUM -> ReduceReference.sum(reduced, rounding, inputs, outputs);
            case MEAN -> ReduceReference.mean(reduced, rounding, inputs, outputs);
            case MAX -> ReduceReference.max(reduced, inputs, outputs);
            case MIN -> ReduceReference.min(reduced, inputs, outputs);
            case PROD -> ReduceReference.product(reduced, rounding, inputs, outputs);
            case LOG_SUM_EXP -> ReduceReference.logSumExp(reduced, rounding, inputs, outputs);
        }
    }
}
