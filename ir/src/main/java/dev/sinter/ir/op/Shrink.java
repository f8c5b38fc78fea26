package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ThresholdReference;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// x + bias below -lambda, x - bias above lambda, zero between them and for NaN.
public record Shrink(double lambda, double bias) implements Op {
    @Override
    public String mnemonic() {
        return "shrink";
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
            Expr by = Expr.constant(bias, x.type());
            Expr above = new Expr.Select(
                    Expr.Comparison.LESS, Expr.constant(lambda, x.type()), x, x.minus(by), Expr.constant(0, x.type()));
            return new Expr.Select(Expr.Comparison.LESS, x, Expr.constant(-lambda, x.type()), x.plus(by), above);
        });
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    /// With whole numbers, the least thresholds that have the same meaning.
    @Override
    public Op onIntegers() {
        return new Shrink(Math.max(-1, Math.min(1, Math.rint(lambda))), Math.max(-1, Math.min(1, Math.rint(bias))));
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        ThresholdReference.shrink(lambda, bias, rounding, inputs, outputs);
    }
}
