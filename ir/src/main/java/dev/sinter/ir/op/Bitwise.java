package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ElementwiseReference;
import dev.sinter.ir.reference.IntegerFunctions;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// A function of the bits of integers: NOT of one, the others of two, with NumPy's broadcasting. What is shifted is
/// unsigned; shifted by its width or more it is zero.
public record Bitwise(Kind kind) implements Op {
    /// Which function.
    public enum Kind {
        AND("bit_and", IntegerFunctions::and),
        OR("bit_or", IntegerFunctions::or),
        XOR("bit_xor", IntegerFunctions::xor),
        NOT("bit_not", (functions, a, _) -> functions.complement(a)),
        SHIFT_LEFT("shift_left", IntegerFunctions::shiftedLeft),
        SHIFT_RIGHT("shift_right", IntegerFunctions::shiftedRight);

        private final String mnemonic;
        private final IntegerFunctions.OfTwo reference;

        Kind(String mnemonic, IntegerFunctions.OfTwo reference) {
            this.mnemonic = mnemonic;
            this.reference = reference;
        }

        private boolean isShift() {
            return this == SHIFT_LEFT || this == SHIFT_RIGHT;
        }
    }

    @Override
    public String mnemonic() {
        return kind.mnemonic;
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        int operands = kind == Kind.NOT ? 1 : 2;
        Checks.operands(this, inputs, operands, operands);
        Checks.sameElement(this, inputs);
        boolean fits = switch (inputs.getFirst().element()) {
            case UINT8, UINT16, UINT32, UINT64 -> true;
            case INT8, INT16, INT32, INT64 -> !kind.isShift();
            case FLOAT16, FLOAT32, FLOAT64, BOOL -> false;
        };
        if (!fits) {
            throw Checks.fault(
                    Code.TYPE_ELEMENT,
                    this,
                    "input 0 is " + inputs.getFirst() + " but " + (kind.isShift() ? "unsigned " : "")
                            + "integers are expected",
                    null);
        }
        return List.of(inputs.getFirst().withShape(Elementwise.stretched(this, inputs)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            Expr a = operands.getFirst();
            Expr b = operands.getLast();
            return switch (kind) {
                case AND -> new Expr.Binary(BinaryFunction.AND, a, b);
                case OR -> new Expr.Binary(BinaryFunction.OR, a, b);
                case XOR -> new Expr.Binary(BinaryFunction.XOR, a, b);
                case NOT -> a.apply(UnaryFunction.NOT);
                case SHIFT_LEFT -> shifted(BinaryFunction.SHIFT_LEFT, a, b);
                case SHIFT_RIGHT -> shifted(BinaryFunction.SHIFT_RIGHT, a, b);
            };
        });
    }

    private static Expr shifted(BinaryFunction shift, Expr value, Expr amount) {
        ElementType type = value.type();
        return new Expr.Select(
                Expr.Comparison.LESS,
                amount,
                Expr.constant((double) type.bytes() * Byte.SIZE, type),
                new Expr.Binary(shift, value, amount),
                Expr.constant(0, type));
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
        if (kind == Kind.NOT) {
            ElementwiseReference.integer(IntegerFunctions::complement, inputs, outputs);
        } else {
            ElementwiseReference.integers(kind.reference, inputs, outputs);
        }
    }
}
