package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.GateReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lets through what stands where two numbers compare as asked, and yields zero elsewhere: the gradient of functions
/// that have two branches. The closed gate yields zero even for what is not finite, as a product with zero would not.
///
/// Inputs: a value, left, right, with NumPy's broadcasting; the output has the shape of all three stretched together.
/// Comparisons with NaN are false.
public record Gate(Kind kind) implements Op {
    /// When the gate is open.
    public enum Kind {
        LESS(Expr.Comparison.LESS, (left, right) -> left < right),
        LESS_EQUAL(Expr.Comparison.LESS_EQUAL, (left, right) -> left <= right),
        EQUAL(Expr.Comparison.EQUAL, (left, right) -> left == right);

        private final Expr.Comparison comparison;
        private final GateReference.Condition reference;

        Kind(Expr.Comparison comparison, GateReference.Condition reference) {
            this.comparison = comparison;
            this.reference = reference;
        }
    }

    @Override
    public String mnemonic() {
        return "gate_" + kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 3, 3);
        Checks.floating(this, inputs);
        List<Shape> shapes = inputs.stream().map(TensorType::shape).toList();
        Optional<Shape> stretched = Shape.broadcast(shapes.get(1), shapes.get(2))
                .flatMap(compared -> Shape.broadcast(shapes.get(0), compared));
        return List.of(inputs.getFirst()
                .withShape(stretched.orElseThrow(() -> Checks.fault(
                        Code.SHAPE_BROADCAST,
                        this,
                        "shapes " + shapes.get(0) + ", " + shapes.get(1) + " and " + shapes.get(2)
                                + " do not broadcast",
                        "extents are aligned at the end and must be equal or 1"))));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            Expr value = operands.get(0);
            Expr zero = Expr.constant(0, value.type());
            return new Expr.Select(kind.comparison, operands.get(1), operands.get(2), value, zero);
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
        GateReference.evaluate(kind.reference, inputs, outputs);
    }
}
