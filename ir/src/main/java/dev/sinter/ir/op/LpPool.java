package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.PoolReference;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;

/// The length of what is under a sliding window: (Σ |x|^p)^(1/p), padding counting as zero. Input `[N, C, D…]`, output
/// `[N, C, E…]`.
public record LpPool(Window window, long p) implements Op {
    @Override
    public String mnemonic() {
        return "lp_pool";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.floating(this, inputs);
        Checks.attribute(this, p >= 1 && p <= Integer.MAX_VALUE, "p " + p + " must be from 1 to " + Integer.MAX_VALUE);
        TensorType x = inputs.getFirst();
        Checks.rank(this, "input", x, 3, 5);
        return List.of(
                x.withShape(window.outputShape(mnemonic(), x.shape(), x.shape().dim(1))));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        List<Axis> points = SpatialAxes.window(window);
        Expr zero = Expr.constant(0, types.output().element());
        Expr x = inputs.getFirst().atOr(zero, MaxPool.coordinates(window, axes, points));
        Stage sum = Stage.sum(mnemonic(), axes, points, power(x));
        return List.of(Stage.reduce(mnemonic(), axes, points, sum.accumulators(), root(sum.finish())));
    }

    private Expr power(Expr x) {
        if (p == 2) {
            return x.times(x);
        }
        Expr magnitude = x.apply(UnaryFunction.ABS);
        return p == 1 ? magnitude : magnitude.power(Expr.constant(p, x.type()));
    }

    private Expr root(Expr sum) {
        if (p == 1) {
            return sum;
        }
        return p == 2 ? sum.apply(UnaryFunction.SQRT) : sum.power(Expr.constant(1.0 / p, sum.type()));
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
        return p == 1 ? Exactness.EXACT : Exactness.ROUNDED;
    }

    @Override
    public Op onIntegers() {
        return new LpPool(window, 1);
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        PoolReference.norm(window, p, rounding, inputs, outputs);
    }
}
