package dev.sinter.ir.op;

import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.function.Function;

/// The stage of an operator that maps elements at equal coordinates, after broadcasting.
final class Elementwise {
    private Elementwise() {}

    static List<Stage> stage(Op op, Op.Signature types, List<Access> inputs, Function<List<Expr>, Expr> formula) {
        Shape shape = types.output().shape();
        List<Axis> axes = shape.rank() >= 3 && shape.rank() <= 5 ? SpatialAxes.output(shape) : Stage.axesOf(shape, "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        List<Expr> operands =
                inputs.stream().map(input -> input.broadcastAt(at)).toList();
        return List.of(Stage.map(op.mnemonic(), axes, formula.apply(operands)));
    }
}
