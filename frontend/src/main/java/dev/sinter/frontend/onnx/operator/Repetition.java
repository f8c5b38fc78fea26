package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.KnownRearrangement;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.WindowAttributes;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Gather;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Tensors repeated along axes: a concatenation with themselves.
final class Repetition {
    /// A concatenation of more parts is no sensible kernel.
    static final long MOST_PARTS = 64;

    static final List<Row> ROWS = List.of(
            Row.of("Tile", 6, Repetition::tile).knowing(1),
            Row.of("Expand", 8, Repetition::expand).knowing(1));

    private Repetition() {}

    private static Operand tile(OnnxNode node) {
        Operand x = node.input();
        Shape shape = x.type().shape();
        List<Long> repeats = node.knownIntegers(1, "repeats");
        if (repeats.size() != shape.rank()) {
            throw node.fault(
                    Code.OPERANDS, "repeats " + repeats + " must have an entry for each dimension of " + shape, null);
        }
        WindowAttributes.bounded(node, "repeats", repeats, 0);
        List<Long> dims = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            dims.add(node.product(shape.dim(axis), repeats.get(axis)));
        }
        return repeated(node, x, node.shape(dims));
    }

    private static Operand expand(OnnxNode node) {
        Operand x = node.input();
        Shape shape = x.type().shape();
        Shape target = node.shape(node.knownIntegers(1, "shape"));
        Shape result = Shape.broadcast(shape, target)
                .orElseThrow(() -> node.fault(
                        Code.SHAPE_BROADCAST, "shapes " + shape + " and " + target + " do not broadcast", null));
        if (x instanceof Operand.Known) {
            return repeated(node, x, result);
        }
        List<Long> dims = new ArrayList<>(Collections.nCopies(result.rank() - shape.rank(), 1L));
        dims.addAll(shape.dims());
        return repeated(node, shape.dims().equals(dims) ? x : node.apply(new Reshape(dims), x), result);
    }

    private static Operand indices(OnnxNode node, long extent, long times) {
        Tensor indices = node.allocate(TensorType.of(ElementType.INT32, extent * times));
        for (long i = 0; i < extent * times; i++) {
            indices.setLong(i, i % extent);
        }
        return node.constant(indices);
    }

    /// `x` as often as it fits into `shape`, whose extents are multiples of its own.
    static Operand repeated(OnnxNode node, Operand x, Shape shape) {
        if (x instanceof Operand.Known known) {
            Tensor tensor = KnownRearrangement.repeated(node, known.tensor(), shape);
            return node.constant(tensor);
        }
        Operand result = x;
        for (int axis = 0; axis < shape.rank(); axis++) {
            long extent = x.type().shape().dim(axis);
            long times = extent == 0 ? 1 : shape.dim(axis) / extent;
            if (times < 1) {
                throw node.unsupported("repeats " + x.type() + " " + times + " times along axis " + axis
                        + ", which is not supported yet on computed tensors");
            }
            if (times > MOST_PARTS) {
                result = node.apply(new Gather(axis), result, indices(node, extent, times));
            } else if (times > 1) {
                result = node.apply(new Concat(axis), Collections.nCopies((int) times, result));
            }
        }
        return result == x ? node.same(x) : result;
    }
}
