package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ResampleReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Weighted sums of a few slices along `axis`: `y[…, o, …] = Σ_t weights[o, t] · x[…, indices[o, t], …]`. Interpolation
/// of every kind, as it resizes pictures one dimension after the other. Indices are as in [Gather].
public record Resample(long axis) implements Op {
    @Override
    public String mnemonic() {
        return "resample";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 3, 3);
        TensorType x = inputs.get(0);
        TensorType indices = inputs.get(1);
        TensorType weights = inputs.get(2);
        Checks.floating(this, List.of(x, weights));
        StatedIndex.check(this, 1, indices);
        int along = Checks.axis(this, axis, x.shape());
        Checks.rank(this, "indices", indices, 2, 2);
        if (!indices.shape().equals(weights.shape())) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "indices are " + indices + " but weights are " + weights,
                    "each index has a weight");
        }
        Checks.attribute(
                this,
                x.shape().dim(along) > 0 || indices.shape().elements() == 0,
                "picks slices of an axis of extent 0");
        return List.of(x.withShape(x.shape().with(along, indices.shape().dim(0))));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape x = types.input(0).shape();
        int along = x.normaliseAxis(axis);
        Shape shape = types.output().shape();
        List<Axis> axes = shape.rank() >= 3 && shape.rank() <= 5 ? SpatialAxes.output(shape) : Stage.axesOf(shape, "i");
        Axis tap = new Axis("tap", types.input(1).shape().dim(1));
        List<Index> at = new ArrayList<>(axes.stream().map(Index::of).toList());
        List<Index> own = List.of(at.get(along), Index.of(tap));
        at.set(along, StatedIndex.of(inputs.get(1).at(own), x.dim(along)));
        Expr term = inputs.get(2).at(own).times(inputs.get(0).at(at));
        return List.of(Stage.sum(mnemonic(), axes, List.of(tap), term));
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public IntegerRange integersFor(int operand) {
        return operand == 2 ? IntegerRange.FACTOR : IntegerRange.SMALL;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        ResampleReference.sums(axis, rounding, inputs, outputs);
    }
}
