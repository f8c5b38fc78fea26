package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ScatterReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// The first input with some parts replaced, or merged with others, at the coordinates that the rows of the second
/// state: its last dimension has one for each of as many dimensions of the input. Indices and repeated updates are as
/// in [ScatterElements].
public record ScatterNd(Scattering reduction) implements HostOp {
    @Override
    public String mnemonic() {
        return "scatter_nd";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 3, 3);
        StatedIndex.check(this, 1, inputs.get(1));
        Checks.sameElement(this, List.of(inputs.get(0), inputs.get(2)));
        Checks.rank(this, "indices", inputs.get(1), 1, Integer.MAX_VALUE);
        Shape x = inputs.get(0).shape();
        Shape indices = inputs.get(1).shape();
        long coordinates = indices.dim(indices.rank() - 1);
        List<Long> expected = new ArrayList<>(indices.dims().subList(0, indices.rank() - 1));
        if (coordinates >= 1 && coordinates <= x.rank()) {
            expected.addAll(x.dims().subList(Math.toIntExact(coordinates), x.rank()));
        }
        if (coordinates < 1 || coordinates > x.rank() || !inputs.get(2).shape().equals(new Shape(expected))) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "indices have shape " + indices + " and updates "
                            + inputs.get(2).shape() + " but the input has " + x,
                    "the last extent of the indices says how many dimensions are indexed; updates have the others");
        }
        return List.of(inputs.getFirst());
    }

    @Override
    public List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        ScatterReference scatter = new ScatterReference(mnemonic(), reduction.name(), rounding, inputs);
        return List.of(scatter.parts());
    }
}
