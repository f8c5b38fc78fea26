package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ElementwiseReference;
import dev.sinter.ir.reference.IntegerFunctions;
import dev.sinter.ir.reference.PowerReference;
import dev.sinter.ir.reference.RealFunctions;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Locale;

/// A function of two elements, with NumPy's broadcasting. Only an exponent may have another type than the base, whose
/// type the power has: an integer then loses its fraction.
public record Binary(Kind kind) implements Op {
    public static final Binary ADD = new Binary(Kind.ADD);

    /// Which function. MAX and MIN keep NaN.
    public enum Kind {
        ADD(BinaryFunction.ADD, RealFunctions::plus, IntegerFunctions::plus),
        SUB(BinaryFunction.SUBTRACT, RealFunctions::minus, IntegerFunctions::minus),
        MUL(BinaryFunction.MULTIPLY, RealFunctions::times, IntegerFunctions::times),
        DIV(BinaryFunction.DIVIDE, RealFunctions::dividedBy, IntegerFunctions::dividedBy),
        MAX(BinaryFunction.MAX, RealFunctions::max, IntegerFunctions::max),
        MIN(BinaryFunction.MIN, RealFunctions::min, IntegerFunctions::min),
        POW(BinaryFunction.POWER, RealFunctions::power, IntegerFunctions::power);

        private final BinaryFunction function;
        private final RealFunctions.OfTwo reference;
        private final IntegerFunctions.OfTwo integerReference;

        Kind(BinaryFunction function, RealFunctions.OfTwo reference, IntegerFunctions.OfTwo integerReference) {
            this.function = function;
            this.reference = reference;
            this.integerReference = integerReference;
        }
    }

    @Override
    public String mnemonic() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        requireTypes(inputs);
        Shape a = inputs.get(0).shape();
        Shape b = inputs.get(1).shape();
        Shape shape = Shape.broadcast(a, b)
                .orElseThrow(() -> Checks.fault(
                        Code.SHAPE_BROADCAST,
                        this,
                        "shapes " + a + " and " + b + " do not broadcast",
                        "extents are aligned at the end and must be equal or 1"));
        return List.of(inputs.getFirst().withShape(shape));
    }

    private void requireTypes(List<TensorType> inputs) {
        boolean isOfTruth = inputs.stream().anyMatch(input -> input.element() == ElementType.BOOL)
                && kind != Kind.MAX
                && kind != Kind.MIN;
        if (isOfTruth) {
            throw Checks.fault(
                    Code.TYPE_ELEMENT,
                    this,
                    "has operands " + inputs.get(0) + " and " + inputs.get(1) + " but numbers are expected",
                    "convert truth values to numbers before this node");
        }
        if (kind != Kind.POW) {
            Checks.sameElement(this, inputs);
        }
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            Expr left = operands.get(0);
            Expr right = operands.get(1);
            return kind == Kind.POW ? Powers.formula(left, right) : new Expr.Binary(kind.function, left, right);
        });
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public HalfPrecision inHalf(Signature types) {
        return switch (kind) {
            case ADD, SUB, MUL, MAX, MIN -> HalfPrecision.COMPUTES;
            case DIV, POW -> HalfPrecision.STAYS;
        };
    }

    @Override
    public Exactness exactness() {
        return switch (kind) {
            case ADD, SUB, MUL, MAX, MIN -> Exactness.EXACT;
            case DIV -> Exactness.EXACT_BUT_DIVISION;
            case POW -> Exactness.ROUNDED;
        };
    }

    @Override
    public IntegerRange integersFor(int operand) {
        return switch (kind) {
            case MUL -> IntegerRange.FACTOR;
            case DIV -> IntegerRange.only(2);
            case POW -> IntegerRange.only(1);
            case ADD, SUB, MAX, MIN -> IntegerRange.SMALL;
        };
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        if (inputs.get(0).type().element() != inputs.get(1).type().element()) {
            PowerReference.evaluate(rounding, inputs, outputs);
        } else if (outputs.getFirst().type().element().isFloating()) {
            ElementwiseReference.binary(kind.reference, rounding, inputs, outputs);
        } else {
            ElementwiseReference.integers(kind.integerReference, inputs, outputs);
        }
    }
}
