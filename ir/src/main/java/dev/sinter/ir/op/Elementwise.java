package dev.sinter.ir.op;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.expr.Access;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.function.Function;

/// The stage of an operator that maps elements at equal coordinates, after broadcasting.
final class Elementwise {
    private Elementwise() {}

    /// The shape to which the inputs stretch by NumPy's broadcasting.
    static Shape stretched(Op op, List<TensorType> inputs) {
        Shape shape = inputs.getFirst().shape();
        for (TensorType input : inputs) {
            Shape before = shape;
            shape = Shape.broadcast(before, input.shape())
                    .orElseThrow(() -> Checks.fault(
                            Code.SHAPE_BROADCAST,
                            op,
                            "shapes " + before + " and " + input.shape() + " do not broadcast",
                            "extents are aligned at the end and must be equal or 1"));
        }
        return shape;
    }

    static void requireTruth(Op op, int input, TensorType type) {
        if (type.element() != ElementType.BOOL) {
            throw Checks.fault(
                    Code.TYPE_ELEMENT,
                    op,
                    "input " + input + " is " + type + " but truth values are expected",
                    "compare it with zero before this node");
        }
    }

    static Expr truth(boolean value) {
        return Expr.constant(value ? 1 : 0, ElementType.BOOL);
    }

    static List<Stage> stage(Op op, Op.Signature types, List<Access> inputs, Function<List<Expr>, Expr> formula) {
        Shape shape = types.output().shape();
        List<Axis> axes = shape.rank() >= 3 && shape.rank() <= 5 ? SpatialAxes.output(shape) : Stage.axesOf(shape, "i");
        List<Index> at = axes.stream().map(Index::of).toList();
        List<Expr> operands =
                inputs.stream().map(input -> input.broadcastAt(at)).toList();
        return List.of(Stage.map(op.mnemonic(), axes, formula.apply(operands)));
    }
}
