package dev.sinter.tests.operator;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// An operator with two outputs that do not read each other: the smallest and the largest element of each row.
@NullMarked
record Limits() implements CustomOp {
    @Override
    public String mnemonic() {
        return "limits";
    }

    @Override
    public List<TensorType> infer(List<TensorType> inputs) {
        TensorType x = inputs.getFirst();
        TensorType rows = x.withShape(Shape.of(x.shape().dim(0)));
        return List.of(rows, rows);
    }

    @Override
    public List<Stage> compute(Signature types, List<Access> inputs) {
        Stage opposite = largest("least", types, inputs.getFirst(), true);
        Axis row = new Axis("r", types.input(0).shape().dim(0));
        Expr smallest = negated(new Expr.Call(opposite, List.of(Index.of(row))));
        return List.of(
                Stage.map("smallest", List.of(row), smallest), largest("largest", types, inputs.getFirst(), false));
    }

    private static Stage largest(String name, Signature types, Access x, boolean negated) {
        Axis row = new Axis("r", types.input(0).shape().dim(0));
        Axis column = new Axis("k", types.input(0).shape().dim(1));
        Expr element = x.at(Index.of(row), Index.of(column));
        return Stage.max(name, List.of(row), List.of(column), negated ? negated(element) : element);
    }

    private static Expr negated(Expr value) {
        return new Expr.Unary(UnaryFunction.NEGATE, value);
    }

    @Override
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        Shape shape = x.type().shape();
        for (long row = 0; row < shape.dim(0); row++) {
            Bounded smallest = x.get(row * shape.dim(1));
            Bounded largest = smallest;
            for (long column = 1; column < shape.dim(1); column++) {
                Bounded next = x.get(row * shape.dim(1) + column);
                smallest = next.value() < smallest.value() ? next : smallest;
                largest = next.value() > largest.value() ? next : largest;
            }
            outputs.get(0).set(row, smallest);
            outputs.get(1).set(row, largest);
        }
    }
}
