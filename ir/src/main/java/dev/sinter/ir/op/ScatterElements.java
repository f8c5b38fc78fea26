package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ScatterReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The first input with some elements replaced, or merged with others: `y[i, indices[i, j, k], k] = updates[i, j, k]`
/// for axis 1 of three. Indices that are negative count from the end. Of several updates of one element without a
/// reduction the last counts.
public record ScatterElements(long axis, Scattering reduction) implements HostOp {
    @Override
    public String mnemonic() {
        return "scatter_elements";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 3, 3);
        StatedIndex.check(this, 1, inputs.get(1));
        Checks.sameElement(this, List.of(inputs.get(0), inputs.get(2)));
        Shape x = inputs.get(0).shape();
        Shape indices = inputs.get(1).shape();
        int along = Checks.axis(this, axis, x);
        boolean fits =
                indices.rank() == x.rank() && indices.equals(inputs.get(2).shape());
        for (int i = 0; fits && i < x.rank(); i++) {
            fits = i == along || indices.dim(i) <= x.dim(i);
        }
        if (!fits) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "indices have shape " + indices + " and updates "
                            + inputs.get(2).shape() + " but the input has " + x,
                    "indices and updates have one shape, no larger than the input's but along the axis");
        }
        return List.of(inputs.getFirst());
    }

    @Override
    public List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        ScatterReference scatter = new ScatterReference(mnemonic(), reduction.name(), rounding, inputs);
        return List.of(scatter.elements(axis));
    }
}
