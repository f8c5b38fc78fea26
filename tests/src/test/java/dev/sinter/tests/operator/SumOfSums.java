package dev.sinter.tests.operator;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Σ over pixels of the sum of all before it, for each image and channel: a reduction whose second accumulator reads
/// what the first one was.
@NullMarked
record SumOfSums() implements CustomOp {
    @Override
    public String mnemonic() {
        return "sum_of_sums";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        Shape shape = inputs.getFirst().shape();
        return List.of(inputs.getFirst().withShape(Shape.of(shape.dim(0), shape.dim(1))));
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Access x = inputs.getFirst();
        List<Axis> axes = Stage.axesOf(types.output().shape(), "i");
        Axis pixel = new Axis("k", x.type().shape().dim(2));
        Expr zero = Expr.constant(0, x.type().element());
        Expr sum = new Expr.State(0, false, zero.type());
        Expr sums = new Expr.State(1, false, zero.type());
        Expr value = x.at(Index.of(axes.get(0)), Index.of(axes.get(1)), Index.of(pixel));
        return List.of(Stage.reduce(
                mnemonic(),
                axes,
                List.of(pixel),
                List.of(
                        new Stage.Accumulator(zero, sum.plus(value), sum),
                        new Stage.Accumulator(zero, sums.plus(sum), sums)),
                sums));
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        Shape shape = x.type().shape();
        Arithmetic arithmetic = new Arithmetic(rounding, x.type().element());
        long pixels = shape.dim(2);
        for (long row = 0; row < shape.dim(0) * shape.dim(1); row++) {
            Bounded sum = Bounded.exact(0);
            Bounded sums = Bounded.exact(0);
            for (long k = 0; k < pixels; k++) {
                sums = arithmetic.plus(sums, sum);
                sum = arithmetic.plus(sum, x.get(row * pixels + k));
            }
            outputs.getFirst().set(row, arithmetic.stored(sums));
        }
    }
}
