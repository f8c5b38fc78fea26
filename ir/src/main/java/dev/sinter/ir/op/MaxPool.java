package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Limits;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.PoolReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.List;

/// The largest element under a sliding window; padding counts as -infinity, or as the least integer. Input
/// `[N, C, D…]`, output `[N, C, E…]`.
public record MaxPool(Window window) implements Op {
    @Override
    public String mnemonic() {
        return "max_pool";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        TensorType x = inputs.getFirst();
        Checks.attribute(
                this,
                isPooled(x.element()),
                "input is " + x + " but real numbers or integers of up to 32 bits expected");
        Checks.rank(this, "input", x, 3, 5);
        return List.of(
                x.withShape(window.outputShape(mnemonic(), x.shape(), x.shape().dim(1))));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        List<Axis> points = SpatialAxes.window(window);
        Expr outside = Limits.least(types.output().element());
        Expr value = inputs.getFirst().atOr(outside, coordinates(window, axes, points));
        return List.of(Stage.max("max_pool", axes, points, value));
    }

    /// The oracle holds what is under a window as doubles, which have 53 bits.
    static boolean isPooled(ElementType element) {
        return element.isFloating() || element.bytes() <= Integer.BYTES;
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
    public HalfPrecision inHalf(Signature types) {
        return HalfPrecision.MOVES;
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
