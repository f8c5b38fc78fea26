package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.ArgReduceReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Where along one axis the largest or smallest element stands: a coordinate, as i64. Of equal elements it is the
/// first, or the last if `lastOfEqual`; NaN comes before any number, as in NumPy.
public record ArgReduce(Kind kind, long axis, boolean keepDims, boolean lastOfEqual) implements Op {
    /// Which element.
    public enum Kind {
        MAX,
        MIN
    }

    @Override
    public String mnemonic() {
        return "arg_" + kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Shape x = inputs.getFirst().shape();
        int along = Checks.axis(this, axis, x);
        Checks.attribute(this, x.dim(along) > 0, "axis " + axis + " of " + x + " has no element to choose");
        List<Long> dims = new ArrayList<>(x.dims());
        if (keepDims) {
            dims.set(along, 1L);
        } else {
            dims.remove(along);
        }
        return List.of(new TensorType(ElementType.INT64, new Shape(dims)));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape x = types.input(0).shape();
        int along = x.normaliseAxis(axis);
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        Axis reduced = new Axis("k" + along, x.dim(along));
        List<Index> at = new ArrayList<>();
        for (int dim = 0; dim < x.rank(); dim++) {
            int own = dim > along && !keepDims ? dim - 1 : dim;
            at.add(Index.of(dim == along ? reduced : axes.get(own)));
        }
        Expr place = new Expr.Position(Index.of(reduced), Extremum.PLACE);
        Expr none = Expr.constant(lastOfEqual ? -1 : x.dim(along), Extremum.PLACE);
        return List.of(Stage.reduce(
                mnemonic(),
                axes,
                List.of(reduced),
                new Extremum(kind, lastOfEqual).accumulators(inputs.getFirst().at(at), place, none),
                new Expr.Cast(Extremum.found(), ElementType.INT64)));
    }

    @Override
    public Role role() {
        return Role.WHOLE;
    }

    @Override
    public Reach reach(Signature types) {
        Shape x = types.input(0).shape();
        return Reach.along(x.normaliseAxis(axis), x);
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Shape x = inputs.getFirst().type().shape();
        ArgReduceReference.evaluate(
                kind == Kind.MAX, x.normaliseAxis(axis), lastOfEqual, inputs.getFirst(), outputs.getFirst());
    }
}
