package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.ArgReduce;
import dev.sinter.ir.op.OneHot;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Triangle;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// Which elements are extreme, and tensors that mark or keep elements by their place.
final class PlaceOperators {
    static final List<Row> ROWS = List.of(
            Row.of("ArgMax", node -> extreme(node, ArgReduce.Kind.MAX)),
            Row.of("ArgMin", node -> extreme(node, ArgReduce.Kind.MIN)),
            Row.of("Hardmax", 1, 12, node -> Softmaxes.overMatrix(node, PlaceOperators::hardmax)),
            Row.of("Hardmax", 13, node -> hardmax(node, node.input(), Softmaxes.axis(node))),
            Row.of("OneHot", 9, PlaceOperators::oneHot),
            Row.of("Trilu", 14, PlaceOperators::triangle),
            Row.of("EyeLike", 9, PlaceOperators::identityMatrix));

    private PlaceOperators() {}

    private static Operand extreme(OnnxNode node, ArgReduce.Kind kind) {
        int rank = node.input().type().shape().rank();
        int axis = Axes.normal(node, node.attributes().integer("axis", 0), rank);
        boolean keepDims = node.attributes().flag("keepdims", true);
        boolean last = node.opset() >= 12 && node.attributes().flag("select_last_index", false);
        return node.apply(new ArgReduce(kind, axis, keepDims, last), node.input());
    }

    /// 1 where the first of the largest elements along an axis is, 0 elsewhere.
    private static Operand hardmax(OnnxNode node, Operand x, int axis) {
        if (x.type().shape().rank() == 1) {
            // ONNX's OneHot, as which this is exported, has no index that stands alone.
            List<Long> vector = x.type().shape().dims();
            Operand row = node.apply(new Reshape(List.of(1L, vector.getFirst())), x);
            return node.apply(new Reshape(vector), hardmax(node, row, 1));
        }
        Operand largest = node.apply(new ArgReduce(ArgReduce.Kind.MAX, axis, false, false), x);
        long depth = x.type().shape().dim(axis);
        return node.apply(new OneHot(axis, depth), largest, node.constant(Tensor.ofFloats(Shape.of(2), 0, 1)));
    }

    private static Operand oneHot(OnnxNode node) {
        Tensor depth = node.known(1, "depth");
        double extent = Movement.scalar(node, depth, "depth");
        if (!(extent >= 0 && extent <= TensorType.MOST_COMPUTABLE)) {
            throw node.fault(
                    Code.ONNX_TENSOR,
                    "depth is " + extent + " but must be from 0 to " + TensorType.MOST_COMPUTABLE,
                    null);
        }
        OneHot op = new OneHot(node.attributes().integer("axis", -1), (long) extent);
        return node.apply(op, node.input(0, "indices"), node.input(2, "values"));
    }

    private static Operand triangle(OnnxNode node) {
        long diagonal = node.optionalKnown(1, "k")
                .map(tensor -> (long) Movement.scalar(node, tensor, "k"))
                .orElse(0L);
        // Far outside, one diagonal is like another.
        long bounded = Math.clamp(diagonal, -TensorType.MOST_COMPUTABLE, TensorType.MOST_COMPUTABLE);
        return node.apply(new Triangle(node.attributes().flag("upper", true), bounded), node.input());
    }

    /// Of the operand only the shape counts, and its type if no other is asked for.
    private static Operand identityMatrix(OnnxNode node) {
        TensorType like = node.input().type();
        if (like.shape().rank() != 2) {
            throw node.fault(Code.SHAPE_RANK, "input is " + like + " but a matrix is expected", null);
        }
        long number =
                node.attributes().integer("dtype", DataType.of(like.element()).number());
        ElementType element = DataType.of(number)
                .flatMap(DataType::element)
                .orElseThrow(() -> node.unsupported("makes elements of type " + DataType.name(number)));
        long shift = node.attributes().integer("k", 0);
        Tensor matrix = node.allocate(like.withElement(DataType.computed(element)));
        long columns = like.shape().dim(1);
        for (long row = 0; row < like.shape().dim(0); row++) {
            if (shift >= -row && shift < columns - row) {
                matrix.set(row * columns + row + shift, 1);
            }
        }
        return node.constant(matrix);
    }
}
