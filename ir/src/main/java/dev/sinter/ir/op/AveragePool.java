package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.reference.PoolReference;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;

/// The mean under a sliding window: over the elements inside the input, or with `countIncludePad` over those inside
/// the input with its padding. What a last window of `ceilMode` has beyond the padding never counts.
public record AveragePool(Window window, boolean countIncludePad) implements Op {
    @Override
    public String mnemonic() {
        return "average_pool";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Checks.operands(this, inputs, 1, 1);
        Checks.floating(this, inputs);
        TensorType x = inputs.getFirst();
        Checks.rank(this, "input", x, 3, 5);
        return List.of(
                x.withShape(window.outputShape(mnemonic(), x.shape(), x.shape().dim(1))));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        List<Axis> axes = SpatialAxes.output(types.output().shape());
        List<Axis> points = SpatialAxes.window(window);
        Expr zero = Expr.constant(0, types.output().element());
        Expr value = inputs.getFirst().atOr(zero, MaxPool.coordinates(window, axes, points));
        Stage sum = Stage.sum("average_pool", axes, points, value);
        Expr mean = sum.finish()
                .dividedBy(count(
                        types.input(0).shape(),
                        axes.stream().map(Index::of).toList(),
                        types.output().element()));
        return List.of(Stage.reduce("average_pool", axes, points, sum.accumulators(), mean));
    }

    /// How many elements the window at coordinates `output` averages over.
    Expr count(Shape input, List<Index> output, ElementType type) {
        long constant = 1;
        Expr product = null;
        for (int axis = 0; axis < window.rank(); axis++) {
            long extent = input.dim(axis + 2);
            Index points = countIncludePad
                    ? WindowIndex.pointsWithin(
                            window, axis, output.get(axis + 2), -window.padBegin(axis), extent + window.padEnd(axis))
                    : WindowIndex.pointsWithin(window, axis, output.get(axis + 2), 0, extent);
            if (points.isConstant()) {
                constant *= points.constant();
            } else {
                Expr factor = new Expr.Position(points, type);
                product = product == null ? factor : product.times(factor);
            }
        }
        if (product == null) {
            return Expr.constant(constant, type);
        }
        return constant == 1 ? product : Expr.constant(constant, type).times(product);
    }

    @Override
    public Role role() {
        return Role.WINDOW;
    }

    @Override
    public Reach reach(Signature types) {
        return new Reach.Sliding(window);
    }

    @Override
    public Exactness exactness() {
        return Exactness.EXACT_BUT_DIVISION;
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        PoolReference.average(window, countIncludePad, rounding, inputs, outputs);
    }
}
