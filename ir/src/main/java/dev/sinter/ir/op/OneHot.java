package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.OneHotReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/// A new axis of extent `depth`, in which the element that an index names is on and the others are off. Inputs: indices
/// of any shape and type, which count from the end if negative; and a vector of two, the values for off and on. An
/// index beyond the depth leaves all off. Fractions are cut off.
public record OneHot(long axis, long depth) implements Op {
    @Override
    public String mnemonic() {
        return "one_hot";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        Checks.attribute(
                this,
                depth >= 0 && depth <= TensorType.MOST_COMPUTABLE,
                "depth " + depth + " must be from 0 to " + TensorType.MOST_COMPUTABLE);
        TensorType values = inputs.get(1);
        Checks.attribute(
                this, values.shape().equals(Shape.of(2)), "values are " + values + " but off and on are expected");
        return List.of(values.withShape(result(inputs.getFirst().shape())));
    }

    private int normalised(Shape indices) {
        Checks.attribute(
                this,
                axis >= -indices.rank() - 1 && axis <= indices.rank(),
                "axis " + axis + " lies outside the result, of rank " + (indices.rank() + 1));
        return (int) (axis < 0 ? axis + indices.rank() + 1 : axis);
    }

    private Shape result(Shape indices) {
        List<Long> dims = new ArrayList<>(indices.dims());
        dims.add(normalised(indices), depth);
        return new Shape(dims);
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        List<Index> at = new ArrayList<>(axes.stream().map(Index::of).toList());
        Index own = at.remove(normalised(types.input(0).shape()));
        Expr index = new Expr.Cast(inputs.get(0).at(at), ElementType.INT64);
        Expr wrapped = new Expr.Select(
                Expr.Comparison.LESS,
                index,
                Expr.constant(0, ElementType.INT64),
                index.plus(Expr.constant(depth, ElementType.INT64)),
                index);
        Expr off = inputs.get(1).at(Index.of(0));
        Expr on = inputs.get(1).at(Index.of(1));
        Expr position = new Expr.Position(own, ElementType.INT64);
        return List.of(Stage.map(mnemonic(), axes, new Expr.Select(Expr.Comparison.EQUAL, wrapped, position, on, off)));
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
        OneHotReference.evaluate(
                normalised(inputs.getFirst().type().shape()), inputs.get(0), inputs.get(1), outputs.getFirst());
    }
}
