package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.DiagonalReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// The elements whose coordinates along two axes of the same extent are equal. The second axis is gone.
public record Diagonal(long first, long second) implements Op {
    @Override
    public String mnemonic() {
        return "diagonal";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Shape x = inputs.getFirst().shape();
        int kept = Checks.axis(this, first, x);
        int dropped = Checks.axis(this, second, x);
        Checks.attribute(
                this,
                kept != dropped && x.dim(kept) == x.dim(dropped),
                "axes " + first + " and " + second + " of " + x + " are not two of the same extent");
        List<Long> dims = new ArrayList<>(x.dims());
        dims.remove(dropped);
        return List.of(inputs.getFirst().withShape(new Shape(dims)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape x = types.input(0).shape();
        int kept = x.normaliseAxis(first);
        int dropped = x.normaliseAxis(second);
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        List<Index> at = new ArrayList<>(axes.stream().map(Index::of).toList());
        at.add(dropped, at.get(kept > dropped ? kept - 1 : kept));
        return List.of(Stage.map(mnemonic(), axes, inputs.getFirst().at(at)));
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
        Shape x = inputs.getFirst().type().shape();
        DiagonalReference.evaluate(
                x.normaliseAxis(first), x.normaliseAxis(second), inputs.getFirst(), outputs.getFirst());
    }
}
