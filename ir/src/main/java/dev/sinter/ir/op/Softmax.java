package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.SoftmaxReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// exp(x - max) / Σ exp(x - max) along one axis.
public record Softmax(long axis) implements Op {
    @Override
    public String mnemonic() {
        return "softmax";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.floating(this, inputs);
        Checks.axis(this, axis, inputs.getFirst().shape());
        return inputs;
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape shape = types.output().shape();
        int along = shape.normaliseAxis(axis);
        Access x = inputs.getFirst();
        Stage max =
                reduceAlong(along, shape, (axes, reduction, at) -> Stage.max("softmax_max", axes, reduction, x.at(at)));
        Stage sum = reduceAlong(
                along,
                shape,
                (axes, reduction, at) -> Stage.sum("softmax_sum", axes, reduction, exponential(x, max, along, at)));
        List<Axis> axes = Stage.axesOf(shape, "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        Expr total = Access.of(sum).at(without(at, along));
        return List.of(Stage.map("softmax", axes, exponential(x, max, along, at).dividedBy(total)));
    }

    private static Expr exponential(Access x, Stage max, int along, List<Index> at) {
        return x.at(at).minus(Access.of(max).at(without(at, along))).apply(UnaryFunction.EXP);
    }

    private interface Reduction {
        Stage over(List<Axis> axes, List<Axis> reduction, List<Index> coordinates);
    }

    private static Stage reduceAlong(int along, Shape shape, Reduction reduction) {
        List<Axis> all = Stage.axesOf(shape, "i");
        List<Axis> outer = new ArrayList<>(all);
        Axis inner = outer.remove(along);
        return reduction.over(outer, List.of(inner), all.stream().map(Index::of).toList());
    }

    private static List<Index> without(List<Index> at, int along) {
        List<Index> outer = new ArrayList<>(at);
        outer.remove(along);
        return outer;
    }

    @Override
    public Role role() {
        return Role.WHOLE;
    }

    @Override
    public Reach reach(Signature types) {
        Shape x = types.input(0).shape();
        return Reach.along(x.normaliseAxis(axis), x);
    }

    @Override
    public Exactness exactness() {
        return Exactness.ROUNDED;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        SoftmaxReference.evaluate(axis, rounding, inputs, outputs);
    }
}
