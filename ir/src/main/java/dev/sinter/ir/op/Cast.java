package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.CastReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The same numbers in another element type. To a floating-point type they are rounded to nearest even. To `bool` they
/// are whether they differ from 0. An integer of another type wraps. Of a floating-point number the fraction is cut
/// off, NaN is 0, what no 32-bit integer (64-bit, for types longer than `i32`) can be is the nearest that is one, and
/// then it wraps.
public record Cast(ElementType element) implements Op {
    @Override
    public String mnemonic() {
        return "cast";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        return List.of(inputs.getFirst().withElement(element));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> new Expr.Cast(operands.getFirst(), element));
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public boolean isIdentity(Signature types) {
        return types.input(0).element() == element;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        CastReference.evaluate(rounding, inputs, outputs);
    }
}
