package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.UniqueReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The slices along an axis that differ, in ascending order or, if not `sorted`, in that in which they first occur;
/// then where each first occurs, which of them each slice of the input is, and how often each occurs. NaN equals NaN.
public record Unique(long axis, boolean sorted) implements HostOp {
    private static final int INVERSE = 2;

    @Override
    public String mnemonic() {
        return "unique";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        TensorType x = inputs.getFirst();
        long extent = x.shape().dim(Checks.axis(this, axis, x.shape()));
        TensorType numbers = TensorType.of(ElementType.INT64, extent);
        return List.of(x, numbers, numbers, numbers);
    }

    @Override
    public boolean hasOpenExtents(Signature types, int output) {
        return output != INVERSE;
    }

    @Override
    public List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        return UniqueReference.results(axis, sorted, inputs.getFirst());
    }
}
