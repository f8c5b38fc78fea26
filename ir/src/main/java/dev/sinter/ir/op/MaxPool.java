package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.PoolReference;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// The largest element under a sliding window; padding counts as -infinity. Input `[N, C, D…]`, output `[N, C, E…]`.
public record MaxPool(Window window) implements Op {
    @Override
    public String mnemonic() {
        return "max_pool";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.floating(this, inputs);
        TensorType x = inputs.getFirst();
        Checks.rank(this, "input", x, 3, 5);
        return List.of(
                x.withShape(window.outputShape(mnemonic(), x.shape(), x.shape().dim(1))));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        List<Axis> points = SpatialAxes.window(window);
        Expr outside = Expr.constant(Double.NEGATIVE_INFINITY, types.output().element());
        Expr value = inputs.getFirst().atOr(outside, coordinates(window, axes, points));
        return List.of(Stage.max("max_pool", axes, points, value));
    }

    static List<Index> coordinates(Window window, List<Axis> axes, List<Axis> points) {
        List<Index> at = new ArrayList<>(List.of(Index.of(axes.get(0)), Index.of(axes.get(1))));
        for (int axis = 0; axis < window.rank(); axis++) {
            at.add(WindowIndex.input(window, axis, Index.of(axes.get(axis + 2)), Index.of(points.get(axis))));
        }
        return at;
    }

    @Override
    public Role role() {
        return Role.WINDOW;
    }

    @Override
    public Reach reach(Signature types) {
        return new Reach.Sliding(window);
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        PoolReference.max(window, inputs, outputs);
    }
}
