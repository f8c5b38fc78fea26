package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.LogicalReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Locale;

/// A function of truth values: NOT of one, the others of two, with NumPy's broadcasting.
public record Logical(Kind kind) implements Op {
    /// Which function.
    public enum Kind {
        AND,
        OR,
        XOR,
        NOT
    }

    @Override
    public String mnemonic() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        int operands = kind == Kind.NOT ? 1 : 2;
        Checks.operands(this, inputs, operands, operands);
        for (int i = 0; i < inputs.size(); i++) {
            Elementwise.requireTruth(this, i, inputs.get(i));
        }
        return List.of(new TensorType(ElementType.BOOL, Elementwise.stretched(this, inputs)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return Elementwise.stage(this, types, inputs, operands -> {
            BinaryFunction function = switch (kind) {
                case AND -> BinaryFunction.AND;
                case OR -> BinaryFunction.OR;
                case XOR, NOT -> BinaryFunction.XOR;
            };
            return new Expr.Binary(
                    function, operands.getFirst(), kind == Kind.NOT ? Elementwise.truth(true) : operands.getLast());
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
        switch (kind) {
            case AND -> LogicalReference.binary((a, b) -> a && b, inputs, outputs);
            case OR -> LogicalReference.binary((a, b) -> a || b, inputs, outputs);
            case XOR -> LogicalReference.binary((a, b) -> a != b, inputs, outputs);
            case NOT -> LogicalReference.not(inputs, outputs);
        }
    }
}
