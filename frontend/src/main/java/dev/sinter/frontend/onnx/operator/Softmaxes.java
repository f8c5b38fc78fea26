package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Softmax;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// Softmax and its logarithm.
final class Softmaxes {
    /// The first opset in which it runs over one dimension.
    static final int ONE_DIMENSION = 13;

    static final List<Row> ROWS = List.of(
            Row.of("Softmax", 1, 12, node -> overMatrix(node, Softmaxes::softmax)),
            Row.of("Softmax", 13, node -> softmax(node, node.input(), axis(node))),
            Row.of("LogSoftmax", 1, 12, node -> overMatrix(node, Softmaxes::logSoftmax)),
            Row.of("LogSoftmax", 13, node -> logSoftmax(node, node.input(), axis(node))));

    /// A function of the elements along one axis.
    interface Along {
        Operand of(OnnxNode node, Operand x, int axis);
    }

    private Softmaxes() {}

    static int axis(OnnxNode node) {
        return Axes.normal(
                node,
                node.attributes().integer("axis", -1),
                node.input().type().shape().rank());
    }

    private static Operand softmax(OnnxNode node, Operand x, int axis) {
        return node.apply(new Softmax(axis), x);
    }

    /// x - max - log(Σ exp(x - max)): the logarithm of the softmax itself would lose what is below the type's range.
    private static Operand logSoftmax(OnnxNode node, Operand x, int axis) {
        List<Long> axes = List.of((long) axis);
        Operand max = node.apply(new Reduce(Reduce.Kind.MAX, axes, true), x);
        Operand shifted = node.apply(new Binary(Binary.Kind.SUB), x, max);
        Operand sum =
                node.apply(new Reduce(Reduce.Kind.SUM, axes, true), node.apply(new Unary(Unary.Kind.EXP), shifted));
        return node.apply(new Binary(Binary.Kind.SUB), shifted, node.apply(new Unary(Unary.Kind.LOG), sum));
    }

    /// Before opset 13 all dimensions from `axis` on were one.
    static Operand overMatrix(OnnxNode node, Along function) {
        Operand x = node.input();
        Shape shape = x.type().shape();
        long axis = node.attributes().integer("axis", 1);
        if (axis < -shape.rank() || axis > shape.rank()) {
            throw node.fault(Code.SHAPE_AXIS, "axis " + axis + " lies outside " + shape, null);
        }
        int first = (int) (axis < 0 ? axis + shape.rank() : axis);
        boolean isOneDimension = first < shape.rank()
                && shape.dims().subList(first + 1, shape.rank()).stream().allMatch(dim -> dim == 1);
        if (isOneDimension) {
            return function.of(node, x, first);
        }
        Operand matrix = node.apply(new Flatten(first), x);
        return node.apply(new Reshape(shape.dims()), function.of(node, matrix, 1));
    }
}
