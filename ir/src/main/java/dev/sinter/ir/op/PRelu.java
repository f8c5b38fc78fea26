package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ElementwiseReference;
import dev.sinter.ir.reference.IntegerFunctions;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Optional;

/// x where x ≥ 0, slope · x elsewhere; the slope is the second input and broadcasts to the first. Integers wrap.
public record PRelu() implements Op {
    @Override
    public String mnemonic() {
        return "prelu";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        if (inputs.getFirst().element() == ElementType.BOOL) {
            Checks.floating(this, inputs);
        }
        Checks.sameElement(this, inputs);
        Shape x = inputs.get(0).shape();
        Shape slope = inputs.get(1).shape();
        if (!Shape.broadcast(x, slope).equals(Optional.of(x))) {
            throw Checks.fault(
                    Code.SHAPE_BROADCAST,
                    this,
                    "slope has shape " + slope + " but must broadcast to the input's " + x,
                    "a slope per channel has shape [C,1,1]");
        }
        return List.of(inputs.getFirst());
    }

    static Expr formula(Expr x, Expr slope) {
        return new Expr.Select(Expr.Comparison.LESS, x, Expr.constant(0, x.type()), x.times(slope), x);
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> formula(operands.get(0), operands.get(1)));
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
        if (outputs.getFirst().type().element().isFloating()) {
            ElementwiseReference.prelu(rounding, inputs, outputs);
        } else {
            ElementwiseReference.integers(IntegerFunctions::rectified, inputs, outputs);
        }
    }
}
