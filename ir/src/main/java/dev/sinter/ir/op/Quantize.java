package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.QuantizeReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// Real numbers, in units of one step, as integers: rounded to even, shifted by a zero point, and limited to `least`
/// and `most`. NaN becomes 0, if that lies between them, else the nearer of them.
///
/// Inputs: x, floating-point, and an optional zero point of type `element`, which is stretched to x.
public record Quantize(ElementType element, long least, long most) implements Op {
    /// Limits are numbers that a float can be.
    private static final long FARTHEST = 1L << 24;

    public Quantize {
        if (least > most || least < -FARTHEST || most > FARTHEST) {
            throw new IllegalArgumentException(
                    "limits " + least + " and " + most + " must be ordered and within " + FARTHEST + " of 0");
        }
    }

    @Override
    public String mnemonic() {
        return "quantize";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 2);
        Checks.attribute(this, !element.isFloating() && element != ElementType.BOOL, element + " is no integer type");
        TensorType x = inputs.getFirst();
        Checks.floating(this, List.of(x));
        if (inputs.size() == 2) {
            TensorType zero = inputs.get(1);
            if (zero.element() != element) {
                throw Checks.fault(
                        Code.TYPE_MIXED, this, "zero point is " + zero + " but the result is of " + element, null);
            }
            if (!Shape.broadcast(x.shape(), zero.shape())
                    .filter(x.shape()::equals)
                    .isPresent()) {
                throw Checks.fault(
                        Code.SHAPE_BROADCAST, this, "zero point " + zero + " does not stretch to " + x, null);
            }
        }
        return List.of(x.withElement(element));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            Expr x = operands.getFirst();
            Expr rounded = x.apply(UnaryFunction.ROUND_EVEN);
            Expr shifted = operands.size() == 1 ? rounded : rounded.plus(new Expr.Cast(operands.get(1), x.type()));
            Expr number = new Expr.Select(Expr.Comparison.EQUAL, shifted, shifted, shifted, Expr.constant(0, x.type()));
            Expr limited = number.max(Expr.constant(least, x.type())).min(Expr.constant(most, x.type()));
            return new Expr.Cast(limited, element);
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

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        QuantizeReference.evaluate(least, most, inputs, outputs);
    }
}
