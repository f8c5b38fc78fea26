package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.GatherReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// One element of the first input for each of the second, which states where along `axis` it lies:
/// `y[i, j, k] = x[i, indices[i, j, k], k]` for axis 1 of three. Indices are as in [Gather].
public record GatherElements(long axis) implements Op {
    @Override
    public String mnemonic() {
        return "gather_elements";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        StatedIndex.check(this, 1, inputs.get(1));
        Shape x = inputs.get(0).shape();
        Shape indices = inputs.get(1).shape();
        int along = Checks.axis(this, axis, x);
        Checks.rank(this, "indices", inputs.get(1), x.rank(), x.rank());
        for (int i = 0; i < x.rank(); i++) {
            boolean fits = i == along ? x.dim(i) > 0 || indices.elements() == 0 : indices.dim(i) <= x.dim(i);
            if (!fits) {
                throw Checks.fault(
                        Code.SHAPE_MISMATCH,
                        this,
                        "indices have shape " + indices + " but the input has " + x,
                        "but for axis " + along + ", no extent may be larger than the input's");
            }
        }
        return List.of(inputs.getFirst().withShape(indices));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape x = types.input(0).shape();
        int along = x.normaliseAxis(axis);
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        List<Index> source = new ArrayList<>(at);
        source.set(along, StatedIndex.of(inputs.get(1).at(at), x.dim(along)));
        return List.of(Stage.map(mnemonic(), axes, inputs.getFirst().at(source)));
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        GatherReference.elements(axis, inputs, outputs);
    }
}
