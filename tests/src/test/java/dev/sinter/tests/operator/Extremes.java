package dev.sinter.tests.operator;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// An operator with two outputs: the largest element of each row, and how far each element is below it.
@NullMarked
record Extremes() implements CustomOp {
    @Override
    public String mnemonic() {
        return "extremes";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        TensorType x = inputs.getFirst();
        return List.of(x.withShape(Shape.of(x.shape().dim(0))), x);
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Shape shape = types.input(0).shape();
        Axis row = new Axis("r", shape.dim(0));
        Axis column = new Axis("k", shape.dim(1));
        Stage largest = Stage.max(
                "largest", List.of(row), List.of(column), inputs.getFirst().at(Index.of(row), Index.of(column)));
        Axis i = new Axis("i", shape.dim(0));
        Axis j = new Axis("j", shape.dim(1));
        Expr below = new Expr.Call(largest, List.of(Index.of(i)))
                .minus(inputs.getFirst().at(Index.of(i), Index.of(j)));
        return List.of(largest, Stage.map("below", List.of(i, j), below));
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        Shape shape = x.type().shape();
        for (long row = 0; row < shape.dim(0); row++) {
            Bounded largest = x.get(row * shape.dim(1));
            for (long column = 1; column < shape.dim(1); column++) {
                Bounded next = x.get(row * shape.dim(1) + column);
                largest = next.value() > largest.value() ? next : largest;
            }
            outputs.get(0).set(row, largest);
            for (long column = 0; column < shape.dim(1); column++) {
                long place = row * shape.dim(1) + column;
                double value = largest.value() - x.get(place).value();
                double bound = largest.bound()
                        + x.get(place).bound()
                        + rounding.unit(x.type().element()) * Math.abs(value);
                outputs.get(1).set(place, new Bounded(value, bound));
            }
        }
    }
}
