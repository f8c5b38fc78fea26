package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.SelectionReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The slices along an axis for which a list of truth values holds. Slices beyond the end of the list are left out.
public record Compress(long axis) implements HostOp {
    @Override
    public String mnemonic() {
        return "compress";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        TensorType x = inputs.get(0);
        TensorType condition = inputs.get(1);
        int along = Checks.axis(this, axis, x.shape());
        Checks.rank(this, "the condition", condition, 1, 1);
        Checks.element(this, "the condition", condition, ElementType.BOOL);
        Shape shape = x.shape();
        return List.of(x.withShape(
                shape.with(along, Math.min(shape.dim(along), condition.shape().dim(0)))));
    }

    @Override
    public boolean hasOpenExtents(Signature types, int output) {
        return true;
    }

    @Override
    public List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        return List.of(SelectionReference.compress(axis, inputs.get(0), inputs.get(1)));
    }
}
