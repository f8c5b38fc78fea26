package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Limits;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.PoolIndicesReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;

/// Where the element stands that [MaxPool] finds: its number among all elements of the input, as i64, the first of
/// equal ones. Planes follow each other as the input has them; inside of one, elements are counted row by row, or
/// column by column if `columnMajor`.
public record MaxPoolIndices(Window window, boolean columnMajor) implements Op {
    @Override
    public String mnemonic() {
        return "max_pool_indices";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        return List.of(new MaxPool(window).infer(inputs).getFirst().withElement(ElementType.INT64));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape x = types.input(0).shape();
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        List<Axis> points = SpatialAxes.window(window);
        List<Index> at = MaxPool.coordinates(window, axes, points);
        Expr value = inputs.getFirst().atOr(Limits.least(types.input(0).element()), at);
        Expr none = Expr.constant(x.elements(), Extremum.PLACE);
        Expr place = within(new Expr.Position(Index.rowMajor(x.dims(), at), Extremum.PLACE), x, at, none);
        // Whatever the numbering, of equal elements it is the first row by row.
        Expr found = columnMajor ? byColumns(x, Extremum.found()) : Extremum.found();
        return List.of(Stage.reduce(
                mnemonic(),
                axes,
                points,
                new Extremum(ArgReduce.Kind.MAX, false).accumulators(value, place, none),
                new Expr.Cast(found, ElementType.INT64)));
    }

    /// The number column by column of the element with this number row by row.
    private static Expr byColumns(Shape x, Expr number) {
        long stride = 1;
        for (int axis = 2; axis < x.rank(); axis++) {
            stride *= x.dim(axis);
        }
        Expr rest = number;
        Expr inside = Expr.constant(0, Extremum.PLACE);
        Expr plane = quotient(number, stride);
        for (int axis = x.rank() - 1; axis >= 2; axis--) {
            Expr above = quotient(rest, x.dim(axis));
            Expr coordinate = rest.minus(product(above, x.dim(axis)));
            inside = product(inside, x.dim(axis)).plus(coordinate);
            rest = above;
        }
        return product(plane, stride).plus(inside);
    }

    private static Expr product(Expr number, long factor) {
        return number.times(Expr.constant(factor, Extremum.PLACE));
    }

    private static Expr quotient(Expr number, long divisor) {
        return number.dividedBy(Expr.constant(divisor, Extremum.PLACE));
    }

    private static Expr within(Expr place, Shape x, List<Index> at, Expr none) {
        Expr guarded = place;
        for (int axis = at.size() - 1; axis >= 2; axis--) {
            if (!at.get(axis).range().isWithin(0, x.dim(axis))) {
                guarded = new Expr.Within(at.get(axis), 0, x.dim(axis), guarded, none);
            }
        }
        return guarded;
    }

    @Override
    public Role role() {
        return Role.WHOLE;
    }

    @Override
    public Reach reach(Signature types) {
        return new Reach.Sliding(window);
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        PoolIndicesReference.evaluate(window, columnMajor, inputs.getFirst(), outputs.getFirst());
    }
}
