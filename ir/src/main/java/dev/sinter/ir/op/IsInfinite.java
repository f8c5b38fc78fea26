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

/// True for infinities.
///
/// @param negative whether -infinity counts
/// @param positive whether +infinity counts
public record IsInfinite(boolean negative, boolean positive) implements Op {
    @Override
    public String mnemonic() {
        return "is_infinite";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.floating(this, inputs);
        return List.of(inputs.getFirst().withElement(ElementType.BOOL));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            Expr x = operands.getFirst();
            Expr above = equal(x, Double.POSITIVE_INFINITY, positive, Elementwise.truth(false));
            return equal(x, Double.NEGATIVE_INFINITY, negative, above);
        });
    }

    private static Expr equal(Expr x, double infinity, boolean counts, Expr otherwise) {
        return new Expr.Select(
                Expr.Comparison.EQUAL, x, Expr.constant(infinity, x.type()), Elementwise.truth(counts), otherwise);
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
        ComparisonReference.kind(x -> Double.isInfinite(x) && (x < 0 ? negative : positive), inputs, outputs);
    }
}
