package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.MovementReference;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The input as it is.
public record Identity() implements Op {
    @Override
    public String mnemonic() {
        return "identity";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        return inputs;
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, List::getFirst);
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public boolean isIdentity(Signature types) {
        return true;
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
        MovementReference.copy(inputs, outputs);
    }
}
