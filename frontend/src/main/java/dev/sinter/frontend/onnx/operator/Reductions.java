package dev.sinter.frontend.onnx.operator;

import static dev.sinter.ir.op.Reduce.Kind.LOG_SUM_EXP;
import static dev.sinter.ir.op.Reduce.Kind.MAX;
import static dev.sinter.ir.op.Reduce.Kind.MEAN;
import static dev.sinter.ir.op.Reduce.Kind.MIN;
import static dev.sinter.ir.op.Reduce.Kind.PROD;
import static dev.sinter.ir.op.Reduce.Kind.SUM;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.ReductionAxes;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.CumulativeSum;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// Reductions along axes.
final class Reductions {
    private static final int AXES_AS_INPUT = 18;

    static final List<Row> ROWS = List.of(
            Row.of("ReduceSum", node -> reduce(node, SUM, node.input(), ReductionAxes.of(node, 13))),
            Row.of("ReduceMax", node -> reduce(node, MAX, node.input())),
            Row.of("ReduceMin", node -> reduce(node, MIN, node.input())),
            Row.of("ReduceMean", node -> reduce(node, MEAN, node.input())),
            Row.of("ReduceProd", node -> reduce(node, PROD, node.input())),
            Row.of("ReduceL1", node -> reduce(node, SUM, magnitude(node, node.input()))),
            Row.of("ReduceL2", node -> asInput(node, Unary.Kind.SQRT, reduce(node, SUM, square(node, node.input())))),
            Row.of("ReduceSumSquare", node -> reduce(node, SUM, square(node, node.input()))),
            Row.of("ReduceLogSum", node -> asInput(node, Unary.Kind.LOG, reduce(node, SUM, node.input()))),
            Row.of("ReduceLogSumExp", node -> back(node, reduce(node, LOG_SUM_EXP, real(node, node.input())))),
            Row.of("CumSum", 11, Reductions::running));

    private Reductions() {}

    private static Operand after(OnnxNode node, Unary.Kind kind, Operand x) {
        return node.apply(new Unary(kind), x);
    }

    /// A function of real numbers. Of integers the fraction of its result is cut off.
    private static Operand asInput(OnnxNode node, Unary.Kind kind, Operand x) {
        return back(node, after(node, kind, real(node, x)));
    }

    private static Operand real(OnnxNode node, Operand x) {
        return x.type().element().isFloating() ? x : node.apply(new Cast(ElementType.FLOAT32), x);
    }

    private static Operand back(OnnxNode node, Operand result) {
        ElementType element = node.input().type().element();
        return element.isFloating() ? result : node.apply(new Cast(element), result);
    }

    private static Operand square(OnnxNode node, Operand x) {
        return node.apply(new Binary(Binary.Kind.MUL), x, x);
    }

    private static Operand reduce(OnnxNode node, Reduce.Kind kind, Operand x) {
        return reduce(node, kind, x, ReductionAxes.of(node, AXES_AS_INPUT));
    }

    private static Operand reduce(OnnxNode node, Reduce.Kind kind, Operand x, ReductionAxes along) {
        return along.axes().isEmpty() ? node.same(x) : node.apply(new Reduce(kind, along.axes(), along.keepDims()), x);
    }

    /// Sums of all elements before each.
    private static Operand running(OnnxNode node) {
        Tensor axis = node.known(1, "axis");
        long along = Selections.single(node, axis, "axis");
        int rank = node.input().type().shape().rank();
        return node.apply(
                new CumulativeSum(
                        Axes.normal(node, along, rank),
                        node.attributes().flag("exclusive", false),
                        node.attributes().flag("reverse", false)),
                node.input());
    }

    /// The larger of x and -x, of integers too.
    private static Operand magnitude(OnnxNode node, Operand x) {
        if (x.type().element().isFloating()) {
            return after(node, Unary.Kind.ABS, x);
        }
        Operand zero = node.constant(Tensor.filled(TensorType.of(x.type().element()), 0));
        return switch (x.type().element()) {
            case UINT8, UINT16, UINT32, UINT64, BOOL -> x;
            case FLOAT16, FLOAT32, FLOAT64, INT8, INT16, INT32, INT64 ->
                node.apply(new Binary(Binary.Kind.MAX), x, node.apply(new Binary(Binary.Kind.SUB), zero, x));
        };
    }
}
