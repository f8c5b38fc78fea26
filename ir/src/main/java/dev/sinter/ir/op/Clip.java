package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ElementwiseReference;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// min(max(x, min), max): where min is above max, every element becomes max. NaN stays.
public record Clip(double min, double max) implements Op {
    /// So far away that no sum of an exact network reaches it.
    private static final double EXACT_LIMIT = 1 << 22;

    @Override
    public String mnemonic() {
        return "clip";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.floating(this, inputs);
        return inputs;
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            Expr x = operands.getFirst();
            return x.max(Expr.constant(min, x.type())).min(Expr.constant(max, x.type()));
        });
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public boolean isIdentity(Signature types) {
        return min == Double.NEGATIVE_INFINITY && max == Double.POSITIVE_INFINITY;
    }

    @Override
    public HalfPrecision inHalf(Signature types) {
        return HalfPrecision.COMPUTES;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public Op onIntegers() {
        return new Clip(Math.ceil(Math.max(min, -EXACT_LIMIT)), EXACT_LIMIT);
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        ElementwiseReference.clip(min, max, rounding, inputs, outputs);
    }
}
