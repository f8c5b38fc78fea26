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
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// What a division leaves, with NumPy's broadcasting. By zero, integers leave zero, and floating-point numbers NaN.
public record Modulo(Kind kind) implements Op {
    /// How the division rounds.
    public enum Kind {
        /// Down, so that the result has the divisor's sign, as in Python. Integers only.
        FLOORED("modulo"),
        /// Towards zero, so that it has the dividend's sign, as in C.
        TRUNCATED("remainder");

        private final String mnemonic;

        Kind(String mnemonic) {
            this.mnemonic = mnemonic;
        }
    }

    @Override
    public String mnemonic() {
        return kind.mnemonic;
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        Checks.sameElement(this, inputs);
        ElementType element = inputs.getFirst().element();
        if (element == ElementType.BOOL || kind == Kind.FLOORED && element.isFloating()) {
            throw Checks.fault(
                    Code.TYPE_ELEMENT,
                    this,
                    "input 0 is " + inputs.getFirst() + " but " + (kind == Kind.FLOORED ? "integers" : "numbers")
                            + " are expected",
                    null);
        }
        return List.of(inputs.getFirst().withShape(Elementwise.stretched(this, inputs)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            Expr divisor = operands.getLast();
            Expr remainder = new Expr.Binary(BinaryFunction.REMAINDER, operands.getFirst(), divisor);
            return switch (kind) {
                case TRUNCATED -> remainder;
                case FLOORED -> withSignOf(divisor, remainder);
            };
        });
    }

    /// Numbers of different signs differ in the highest bit, and so do unsigned ones never from less than zero.
    private static Expr withSignOf(Expr divisor, Expr remainder) {
        Expr zero = Expr.constant(0, remainder.type());
        Expr signs = new Expr.Binary(BinaryFunction.XOR, remainder, divisor);
        Expr adjusted = new Expr.Select(Expr.Comparison.LESS, signs, zero, remainder.plus(divisor), remainder);
        return new Expr.Select(Expr.Comparison.EQUAL, remainder, zero, zero, adjusted);
    }

    @Override
    public Role role() {
        return Role.ELEMENTWISE;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    /// Larger than what is divided, as a rule, so that this comes through whole.
    @Override
    public IntegerRange integersFor(int operand) {
        return operand == 0 ? IntegerRange.SMALL : IntegerRange.only(1 << 20);
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        if (outputs.getFirst().type().element().isFloating()) {
            ElementwiseReference.binary(RealFunctions::remainder, rounding, inputs, outputs);
            return;
        }
        switch (kind) {
            case FLOORED -> ElementwiseReference.integers(IntegerFunctions::modulo, inputs, outputs);
            case TRUNCATED -> ElementwiseReference.integers(IntegerFunctions::remainder, inputs, outputs);
        }
    }
}
