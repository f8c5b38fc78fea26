package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ThresholdReference;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// x above alpha, zero elsewhere and for NaN.
public record ThresholdedRelu(double alpha) implements Op {
    @Override
    public String mnemonic() {
        return "thresholded_relu";
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
            return new Expr.Select(
                    Expr.Comparison.LESS, Expr.constant(alpha, x.type()), x, x, Expr.constant(0, x.type()));
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

    /// Lower, so that most of what there is comes through.
    @Override
    public Op onIntegers() {
        return new ThresholdedRelu(Math.max(-1, Math.min(1, Math.rint(alpha))));
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        ThresholdReference.relu(alpha, rounding, inputs, outputs);
    }
}
