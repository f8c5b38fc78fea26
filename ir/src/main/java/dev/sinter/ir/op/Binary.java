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
import dev.sinter.ir.reference.RealFunctions;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Locale;

/// A function of two elements, with NumPy's broadcasting. Kernels know no power of integers.
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
        Checks.sameElement(this, inputs);
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

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        if (kind == Kind.POW && !types.output().element().isFloating()) {
            throw Checks.fault(
                    Code.TYPE_ELEMENT,
                    this,
                    "raises " + types.output() + " to a power but kernels have powers of floating-point numbers only",
                    "convert it to f32 before this node, or write the power as products");
        }
        return Elementwise.stage(
                this, types, inputs, operands -> new Expr.Binary(kind.function, operands.get(0), operands.get(1)));
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
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
        if (outputs.getFirst().type().element().isFloating()) {
            ElementwiseReference.binary(kind.reference, rounding, inputs, outputs);
        } else {
            ElementwiseReference.integers(kind.integerReference, inputs, outputs);
        }
    }
}
