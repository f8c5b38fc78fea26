package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.MovementReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// A matrix of the same elements: the dimensions before `axis` make its rows, the others its columns. `axis` may be the
/// rank, which leaves one column.
public record Flatten(long axis) implements Op {
    @Override
    public String mnemonic() {
        return "flatten";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Shape x = inputs.getFirst().shape();
        if (axis < -x.rank() || axis > x.rank()) {
            throw Checks.fault(
                    Code.SHAPE_AXIS,
                    this,
                    "axis " + axis + " but the input has shape " + x + " of rank " + x.rank(),
                    null);
        }
        int split = (int) (axis < 0 ? axis + x.rank() : axis);
        long rows = x.dims().subList(0, split).stream().reduce(1L, (a, b) -> a * b);
        long columns = x.dims().subList(split, x.rank()).stream().reduce(1L, (a, b) -> a * b);
        return List.of(inputs.getFirst().withShape(Shape.of(rows, columns)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        return List.of(Reshape.stage(mnemonic(), types, inputs.getFirst()));
    }

    @Override
    public Role role() {
        return Role.RESHAPE;
    }

    @Override
    public Reach reach(Signature types) {
        return Reach.reshaped(types.input(0).shape(), types.output().shape());
    }

    @Override
    public boolean isIdentity(Signature types) {
        return types.output().equals(types.input(0));
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        MovementReference.copy(inputs, outputs);
    }
}
