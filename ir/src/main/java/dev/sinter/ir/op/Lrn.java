package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.LrnReference;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Local response normalisation across channels: x / (bias + alpha / size · Σ x²)^beta, the sum over the channels from
/// c - floor((size - 1) / 2) to c + ceil((size - 1) / 2) that exist (Krizhevsky et al., 2012).
public record Lrn(long size, double alpha, double beta, double bias) implements Op {
    @Override
    public String mnemonic() {
        return "lrn";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.floating(this, inputs);
        Checks.rank(this, "input", inputs.getFirst(), 3, 5);
        Checks.attribute(
                this,
                size >= 1 && size <= Integer.MAX_VALUE,
                "size " + size + " must be from 1 to " + Integer.MAX_VALUE);
        return inputs;
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Access x = inputs.getFirst();
        List<Axis> sumAxes = SpatialAxes.output(types.output().shape());
        // A window that reaches beyond all channels finds nothing there.
        long others = Math.max(0, types.output().shape().dim(1) - 1);
        long before = Math.min((size - 1) / 2, others);
        long after = Math.min(size - 1 - (size - 1) / 2, others);
        Axis near = new Axis("j", before + 1 + after);
        List<Index> at = new ArrayList<>(sumAxes.stream().map(Index::of).toList());
        at.set(1, at.get(1).plus(Index.of(near)).plus(-before));
        Expr value = x.atOr(Expr.constant(0, x.type().element()), at);
        Stage squares = Stage.sum("lrn_sum", sumAxes, List.of(near), value.times(value));

        List<Axis> axes = SpatialAxes.output(types.output().shape());
        List<Index> here = axes.stream().map(Index::of).toList();
        Expr sum = Access.of(squares).at(here);
        Expr scale = sum.times(Expr.constant(alpha / size, sum.type())).plus(Expr.constant(bias, sum.type()));
        return List.of(Stage.map("lrn", axes, x.at(here).dividedBy(power(scale))));
    }

    /// By roots for the usual exponents, since processors have an instruction for a root and none for a power. They are
    /// as exact: off by at most 3 units in the last place each in OpenCL, by 8 together, where a power may be by 16.
    private Expr power(Expr scale) {
        Expr root = scale.apply(UnaryFunction.SQRT);
        if (beta == 0.5) {
            return root;
        }
        return beta == 0.75
                ? root.times(root.apply(UnaryFunction.SQRT))
                : scale.power(Expr.constant(beta, scale.type()));
    }

    @Override
    public Role role() {
        return Role.WHOLE;
    }

    @Override
    public Reach reach(Signature types) {
        return Reach.along(1, types.input(0).shape());
    }

    @Override
    public Exactness exactness() {
        return Exactness.ROUNDED;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        new LrnReference(size, alpha, beta, bias).evaluate(rounding, inputs, outputs);
    }
}
