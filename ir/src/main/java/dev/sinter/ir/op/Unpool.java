package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.Excerpt;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.UnpoolReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// Each element of x where its index says, zeros elsewhere: the way back from a pool with its [MaxPoolIndices]. Inputs:
/// x, and as many i64 indices, which number the elements of the output, of shape `shape`. Of several elements for one
/// place the last one stays; an index outside names no place.
public record Unpool(List<Long> shape) implements Op {
    public Unpool {
        shape = List.copyOf(shape);
    }

    @Override
    public String mnemonic() {
        return "unpool";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 2, 2);
        TensorType x = inputs.get(0);
        TensorType indices = inputs.get(1);
        Checks.attribute(
                this,
                shape.stream().allMatch(extent -> extent >= 0),
                "shape " + Excerpt.of(shape) + " must not be negative");
        if (!indices.equals(x.withElement(ElementType.INT64))) {
            throw Checks.fault(
                    Code.SHAPE_MISMATCH,
                    this,
                    "indices are " + indices + " but x is " + x,
                    "there is an i64 index for each element");
        }
        return List.of(x.withShape(new Shape(shape)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape x = types.input(0).shape();
        Shape y = types.output().shape();
        ElementType type = types.output().element();
        List<Axis> axes = Stage.axesOf(y, "i");
        Expr zero = Expr.constant(0, type);
        // A reduction has an axis, though a single element has none.
        List<Axis> points = x.rank() == 0 ? List.of(new Axis("k", 1)) : Stage.axesOf(x, "k");
        List<Index> at = points.subList(0, x.rank()).stream().map(Index::of).toList();
        List<Index> written = axes.stream().map(Index::of).toList();
        Expr own = new Expr.Position(Index.rowMajor(y.dims(), written), ElementType.INT64);
        Expr place = new Expr.Position(Index.rowMajor(x.dims(), at), Extremum.PLACE);
        Expr index = inputs.get(1).at(at);
        Expr value = new Expr.State(0, false, type);
        Expr found = new Expr.State(1, false, Extremum.PLACE);
        Expr otherFound = new Expr.State(1, true, Extremum.PLACE);
        Expr isLater = new Expr.Select(
                Expr.Comparison.LESS, found, place, inputs.get(0).at(at), value);
        return List.of(Stage.reduce(
                mnemonic(),
                axes,
                points,
                List.of(
                        new Stage.Accumulator(
                                zero,
                                new Expr.Select(Expr.Comparison.EQUAL, index, own, isLater, value),
                                new Expr.Select(
                                        Expr.Comparison.LESS, found, otherFound, new Expr.State(0, true, type), value)),
                        new Stage.Accumulator(
                                Expr.constant(-1, Extremum.PLACE),
                                new Expr.Select(Expr.Comparison.EQUAL, index, own, found.max(place), found),
                                found.max(otherFound))),
                value));
    }

    @Override
    public Role role() {
        return Role.WHOLE;
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        UnpoolReference.evaluate(inputs.get(0), inputs.get(1), outputs.getFirst());
    }
}
