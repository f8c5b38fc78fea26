package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.MovementReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// Joins tensors along an axis, in order; all other extents are equal.
public record Concat(long axis) implements Op {
    @Override
    public String mnemonic() {
        return "concat";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, Integer.MAX_VALUE);
        Checks.sameElement(this, inputs);
        Shape first = inputs.getFirst().shape();
        int along = Checks.axis(this, axis, first);
        long extent = 0;
        for (int i = 0; i < inputs.size(); i++) {
            Shape shape = inputs.get(i).shape();
            if (shape.rank() != first.rank() || !shape.with(along, 0).equals(first.with(along, 0))) {
                throw Checks.fault(
                        Code.SHAPE_MISMATCH,
                        this,
                        "input " + i + " has shape " + shape + " but input 0 has " + first,
                        "only extents along axis " + along + " may differ");
            }
            extent += shape.dim(along);
        }
        return List.of(inputs.getFirst().withShape(first.with(along, extent)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape shape = types.output().shape();
        int along = shape.normaliseAxis(axis);
        List<Axis> axes = Stage.axesOf(shape, "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        long end = shape.dim(along);
        Expr value = null;
        for (Access input : inputs.reversed()) {
            long begin = end - input.type().shape().dim(along);
            List<Index> own = new ArrayList<>(at);
            own.set(along, at.get(along).plus(-begin));
            Expr piece = input.at(own);
            value = value == null ? piece : new Expr.Within(at.get(along), begin, end, piece, value);
            end = begin;
        }
        return List.of(Stage.map("concat", axes, java.util.Objects.requireNonNull(value)));
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    @Override
    public Reach reach(Signature types) {
        Shape x = types.input(0).shape();
        return Reach.along(x.normaliseAxis(axis), x);
    }

    @Override
    public boolean isIdentity(Signature types) {
        return types.inputs().size() == 1;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        MovementReference.concat(axis, inputs, outputs);
    }
}
