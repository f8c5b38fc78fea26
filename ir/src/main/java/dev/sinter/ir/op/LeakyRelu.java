package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ElementwiseReference;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// x where x ≥ 0, alpha · x elsewhere.
public record LeakyRelu(double alpha) implements Op {
    @Override
    public String mnemonic() {
        return "leaky_relu";
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
            return PRelu.formula(x, Expr.constant(alpha, x.type()));
        });
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public HalfPrecision inHalf(Signature types) {
        return HalfPrecision.COMPUTES;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    /// No integer passes a slope of 0.01 exactly, nor is half of one an integer.
    @Override
    public Op onIntegers() {
        return new LeakyRelu(-1);
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        ElementwiseReference.leakyRelu(alpha, rounding, inputs, outputs);
    }
}
