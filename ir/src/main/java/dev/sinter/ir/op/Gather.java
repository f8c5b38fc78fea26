package dev.sinter.ir.op;

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

/// The slices of the first input along `axis` that the second states: `y[…, j…, …] = x[…, indices[j…], …]`, the shape
/// of the indices in place of the axis. Indices that are negative count from the end; those outside are taken to the
/// nearest inside.
public record Gather(long axis) implements Op {
    @Override
    public String mnemonic() {
        return "gather";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        StatedIndex.check(this, 1, inputs.get(1));
        Shape x = inputs.getFirst().shape();
        int along = Checks.axis(this, axis, x);
        Shape indices = inputs.get(1).shape();
        Checks.attribute(
                this,
                x.dim(along) > 0 || indices.elements() == 0,
                "picks " + indices.elements() + " slices of an axis of extent 0");
        List<Long> dims = new ArrayList<>(x.dims().subList(0, along));
        dims.addAll(indices.dims());
        dims.addAll(x.dims().subList(along + 1, x.rank()));
        return List.of(inputs.getFirst().withShape(new Shape(dims)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape x = types.input(0).shape();
        int along = x.normaliseAxis(axis);
        int end = along + types.input(1).shape().rank();
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        List<Index> source = new ArrayList<>(at.subList(0, along));
        source.add(StatedIndex.of(inputs.get(1).at(at.subList(along, end)), x.dim(along)));
        source.addAll(at.subList(end, at.size()));
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
        GatherReference.slices(axis, inputs, outputs);
    }
}
