package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.CumulativeSumReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// The sum of all elements up to each along one axis; without the element itself if `exclusive`, from the end backwards
/// if `reverse`. Every sum is computed for itself, so that all can be at once.
public record CumulativeSum(long axis, boolean exclusive, boolean reverse) implements Op {
    @Override
    public String mnemonic() {
        return "cumulative_sum";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        TensorType x = inputs.getFirst();
        Checks.numeric(this, inputs);
        Checks.axis(this, axis, x.shape());
        return inputs;
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape shape = types.output().shape();
        int along = shape.normaliseAxis(axis);
        List<Axis> axes = Stage.axesOf(shape, "i");
        Axis summed = new Axis("k", shape.dim(along));
        List<Index> at = new ArrayList<>(axes.stream().map(Index::of).toList());
        Index own = at.set(along, Index.of(summed));
        Index before = reverse ? Index.of(summed).minus(own) : own.minus(Index.of(summed));
        Expr term = new Expr.Within(
                before,
                exclusive ? 1 : 0,
                shape.dim(along),
                inputs.getFirst().at(at),
                Expr.constant(0, types.output().element()));
        return List.of(Stage.sum(mnemonic(), axes, List.of(summed), term));
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
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        CumulativeSumReference.evaluate(
                x.type().shape().normaliseAxis(axis), exclusive, reverse, rounding, x, outputs.getFirst());
    }
}
