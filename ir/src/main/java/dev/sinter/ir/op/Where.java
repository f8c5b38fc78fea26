package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.WhereReference;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The second input's element where the first one's, a truth value, is true; the third's elsewhere, with NumPy's
/// broadcasting of all three. Any type.
public record Where() implements Op {
    @Override
    public String mnemonic() {
        return "where";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 3, 3);
        Elementwise.requireTruth(this, 0, inputs.getFirst());
        TensorType x = inputs.get(1);
        TensorType y = inputs.get(2);
        if (x.element() != y.element()) {
            throw Checks.fault(
                    Code.TYPE_MIXED,
                    this,
                    "input 2 is " + y + " but input 1 is " + x,
                    "it chooses between elements of one type");
        }
        return List.of(x.withShape(Elementwise.stretched(this, inputs)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(
                this,
                types,
                inputs,
                operands -> new Expr.Select(
                        Expr.Comparison.EQUAL,
                        operands.get(0),
                        Elementwise.truth(false),
                        operands.get(2),
                        operands.get(1)));
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

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        WhereReference.evaluate(inputs, outputs);
    }
}
