package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ComparisonReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Locale;

/// True where two elements compare as asked, with NumPy's broadcasting. Nothing holds of NaN. Any type; of truth
/// values, false is less than true.
public record Compare(Kind kind) implements Op {
    /// What is asked.
    public enum Kind {
        EQUAL(Expr.Comparison.EQUAL, false, (a, b) -> a == b, order -> order == 0),
        LESS(Expr.Comparison.LESS, false, (a, b) -> a < b, order -> order < 0),
        LESS_EQUAL(Expr.Comparison.LESS_EQUAL, false, (a, b) -> a <= b, order -> order <= 0),
        GREATER(Expr.Comparison.LESS, true, (a, b) -> a > b, order -> order > 0),
        GREATER_EQUAL(Expr.Comparison.LESS_EQUAL, true, (a, b) -> a >= b, order -> order >= 0);

        private final Expr.Comparison comparison;
        private final boolean swapped;
        private final ComparisonReference.OfReals reference;
        private final ComparisonReference.OfIntegers integerReference;

        Kind(
                Expr.Comparison comparison,
                boolean swapped,
                ComparisonReference.OfReals reference,
                ComparisonReference.OfIntegers integerReference) {
            this.comparison = comparison;
            this.swapped = swapped;
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
        return List.of(new TensorType(ElementType.BOOL, Elementwise.stretched(this, inputs)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            Expr left = operands.get(kind.swapped ? 1 : 0);
            Expr right = operands.get(kind.swapped ? 0 : 1);
            return new Expr.Select(kind.comparison, left, right, Elementwise.truth(true), Elementwise.truth(false));
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
        if (inputs.getFirst().type().element().isFloating()) {
            ComparisonReference.reals(kind.reference, rounding, inputs, outputs);
        } else {
            ComparisonReference.integers(kind.integerReference, inputs, outputs);
        }
    }
}
