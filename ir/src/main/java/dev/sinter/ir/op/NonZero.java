package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.SelectionReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The coordinates of all elements that are not zero, one column each, in row-major order. Of a scalar there are none:
/// its columns have no rows.
public record NonZero() implements HostOp {
    @Override
    public String mnemonic() {
        return "non_zero";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        TensorType x = inputs.getFirst();
        return List.of(
                TensorType.of(ElementType.INT64, x.shape().rank(), x.shape().elements()));
    }

    @Override
    public boolean hasOpenExtents(Signature types, int output) {
        return true;
    }

    @Override
    public List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        return List.of(SelectionReference.nonZero(inputs.getFirst()));
    }
}
