package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.TriangleReference;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The upper or lower triangle of each matrix that the last two dimensions are, zeros elsewhere. It includes the
/// diagonal `diagonal` columns to the right of the main one.
public record Triangle(boolean upper, long diagonal) implements Op {
    @Override
    public String mnemonic() {
        return "triangle";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.rank(this, "input", inputs.getFirst(), 2, Integer.MAX_VALUE);
        Checks.attribute(
                this,
                Math.abs(diagonal) <= Integer.MAX_VALUE,
                "diagonal " + diagonal + " must be from " + -Integer.MAX_VALUE + " to " + Integer.MAX_VALUE);
        return inputs;
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape shape = types.output().shape();
        List<Axis> axes = Stage.axesOf(shape, "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        Index row = at.get(shape.rank() - 2);
        Index column = at.get(shape.rank() - 1);
        Index above = column.minus(row);
        // Beyond the matrix every diagonal is as good as the first outside.
        long least = -shape.dim(shape.rank() - 2);
        long most = shape.dim(shape.rank() - 1);
        long kept = Math.clamp(diagonal, least, most);
        Expr zero = Expr.constant(0, types.output().element());
        return List.of(Stage.map(
                mnemonic(),
                axes,
                new Expr.Within(
                        above,
                        upper ? kept : least,
                        upper ? most : kept + 1,
                        inputs.getFirst().at(at),
                        zero)));
    }

    @Override
    public Role role() {
        return Role.MOVEMENT;
    }

    @Override
    public Reach reach(Signature types) {
        return new Reach.SamePlace(types.output().shape().rank());
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TriangleReference.evaluate(upper, diagonal, inputs.getFirst(), outputs.getFirst());
    }
}
