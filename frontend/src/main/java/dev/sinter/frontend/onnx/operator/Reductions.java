package dev.sinter.frontend.onnx.operator;

import static dev.sinter.ir.op.Reduce.Kind.LOG_SUM_EXP;
import static dev.sinter.ir.op.Reduce.Kind.MAX;
import static dev.sinter.ir.op.Reduce.Kind.MEAN;
import static dev.sinter.ir.op.Reduce.Kind.SUM;

import dev.sinter.frontend.onnx.node.KnownReduction;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.ReductionAxes;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Unary;
import java.util.List;

/// Reductions along axes.
final class Reductions {
    private static final int AXES_AS_INPUT = 18;

    static final List<Row> ROWS = List.of(
            Row.of("ReduceSum", node -> reduce(node, SUM, KnownReduction.SUM, 13)),
            Row.of("ReduceMax", node -> reduce(node, MAX, KnownReduction.MAX, AXES_AS_INPUT)),
            Row.of("ReduceMean", node -> reduce(node, MEAN, node.input())),
            Row.of("ReduceMin", Reductions::least),
            Row.of("ReduceProd", Reductions::product),
            Row.of("ReduceL1", node -> reduce(node, SUM, after(node, Unary.Kind.ABS, node.input()))),
            Row.of("ReduceL2", node -> after(node, Unary.Kind.SQRT, reduce(node, SUM, square(node, node.input())))),
            Row.of("ReduceSumSquare", node -> reduce(node, SUM, square(node, node.input()))),
            Row.of("ReduceLogSum", node -> after(node, Unary.Kind.LOG, reduce(node, SUM, node.input()))),
            Row.of("ReduceLogSumExp", node -> reduce(node, LOG_SUM_EXP, node.input())));

    private Reductions() {}

    private static Operand after(OnnxNode node, Unary.Kind kind, Operand x) {
        return node.apply(new Unary(kind), x);
    }

    private static Operand square(OnnxNode node, Operand x) {
        return node.apply(new Binary(Binary.Kind.MUL), x, x);
    }

    private static Operand reduce(OnnxNode node, Reduce.Kind kind, KnownReduction integers, int axesAsInput) {
        ReductionAxes along = ReductionAxes.of(node, axesAsInput);
        if (node.input() instanceof Operand.Known known
                && !known.type().element().isFloating()) {
            return node.constant(integers.of(node, known.tensor(), along.axes(), along.keepDims()));
        }
        return reduce(node, kind, node.input(), along);
    }

    private static Operand reduce(OnnxNode node, Reduce.Kind kind, Operand x) {
        return reduce(node, kind, x, ReductionAxes.of(node, AXES_AS_INPUT));
    }

    private static Operand reduce(OnnxNode node, Reduce.Kind kind, Operand x, ReductionAxes along) {
        return along.axes().isEmpty() ? node.same(x) : node.apply(new Reduce(kind, along.axes(), along.keepDims()), x);
    }

    private static Operand least(OnnxNode node) {
        Operand greatest = reduce(node, MAX, after(node, Unary.Kind.NEGATE, node.input()));
        return after(node, Unary.Kind.NEGATE, greatest);
    }

    private static Operand product(OnnxNode node) {
        ReductionAxes along = ReductionAxes.of(node, AXES_AS_INPUT);
        if (node.input() instanceof Operand.Known known
                && !known.type().element().isFloating()) {
            return node.constant(KnownReduction.PRODUCT.of(node, known.tensor(), along.axes(), along.keepDims()));
        }
        throw node.unsupported("is supported on known integers only but the input is "
                + node.input().type());
    }
}
