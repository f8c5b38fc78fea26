package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// min(max(x, min), max): where min is above max, every element becomes max. NaN stays.
public record Clip(double min, double max) implements Op {
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
    public boolean isElementwise() {
        return true;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        ElementwiseReference.clip(min, max, rounding, inputs, outputs);
    }
}
