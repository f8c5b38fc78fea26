package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.TopKReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The `count` largest or smallest elements along an axis, in order, and where they are. Of equal elements the one with
/// the lower index comes first; NaN is larger than any number, as in sorting.
///
/// A second input says how many there are to be, up to `count`; then the extent along the axis is open.
public record TopK(long axis, long count, boolean largest) implements HostOp {
    public TopK {
        Checks.attribute(this, count >= 0, "count " + count + " must be at least 0");
    }

    @Override
    public String mnemonic() {
        return "top_k";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 2);
        TensorType x = inputs.getFirst();
        int along = Checks.axis(this, axis, x.shape());
        if (inputs.size() == 2) {
            Checks.single(this, "the number of elements", inputs.get(1));
        }
        if (count > x.shape().dim(along)) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "is to pick " + count + " elements but the input is " + x + ", with "
                            + x.shape().dim(along) + " along axis " + axis,
                    null);
        }
        TensorType values = x.withShape(x.shape().with(along, count));
        return List.of(values, values.withElement(ElementType.INT64));
    }

    @Override
    public boolean hasOpenExtents(Signature types, int output) {
        return types.inputs().size() == 2;
    }

    @Override
    public List<TensorView> results(Rounding rounding, List<TensorView> inputs) {
        long most = infer(inputs.stream().map(TensorView::type).toList())
                .getFirst()
                .shape()
                .dim(inputs.getFirst().type().shape().normaliseAxis(axis));
        long wanted = inputs.size() == 2 ? inputs.get(1).integer(0) : most;
        if (wanted < 0 || wanted > most) {
            throw Checks.fault(
                    Code.INPUT_DATA,
                    this,
                    "is to pick " + wanted + " elements but has 0 to " + most + " to pick",
                    null);
        }
        return new TopKReference(axis, wanted, largest).results(inputs.getFirst());
    }
}
