package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.WindowAttributes;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.ColumnsToImage;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Unpool;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/// Images that are put together from parts, or brought to a size.
final class Imaging {
    static final List<Row> ROWS = List.of(
            Row.of("CenterCropPad", 18, Imaging::centred),
            Row.of("Col2Im", 18, Imaging::columnsToImage),
            Row.of("MaxUnpool", 9, Imaging::unpool));

    private Imaging() {}

    /// What is too large loses as much on both sides, what is too small gains as much; the odd element is at the end.
    private static Operand centred(OnnxNode node) {
        Shape x = node.input().type().shape();
        List<Long> wanted = node.knownIntegers(1, "shape");
        List<Long> named = node.attributes()
                .integers("axes")
                .orElseGet(() -> LongStream.range(0, x.rank()).boxed().toList());
        Axes.normal(node, named, x.rank());
        if (wanted.size() != named.size()) {
            throw node.fault(
                    Code.OPERANDS, "shape " + wanted + " must have an entry for each of the axes " + named, null);
        }
        WindowAttributes.bounded(node, "shape", wanted, 0);
        List<Long> pads = new ArrayList<>(Collections.nCopies(2 * x.rank(), 0L));
        for (int i = 0; i < named.size(); i++) {
            int axis = Axes.normal(node, named.get(i), x.rank());
            long more = wanted.get(i) - x.dim(axis);
            long before = more / 2;
            pads.set(axis, before);
            pads.set(axis + x.rank(), more - before);
        }
        return node.apply(new Pad(pads, Pad.Mode.CONSTANT, 0), node.input());
    }

    private static Operand columnsToImage(OnnxNode node) {
        List<Long> extents = WindowAttributes.bounded(node, "image_shape", node.knownIntegers(1, "image_shape"), 0);
        List<Long> kernel = WindowAttributes.bounded(node, "block_shape", node.knownIntegers(2, "block_shape"), 1);
        List<Long> ones = Collections.nCopies(kernel.size(), 1L);
        Window window = new Window(
                kernel,
                WindowAttributes.list(node, "strides", ones, 1),
                WindowAttributes.list(node, "pads", Collections.nCopies(2 * kernel.size(), 0L), 0),
                WindowAttributes.list(node, "dilations", ones, 1),
                false);
        return node.apply(new ColumnsToImage(window, extents), node.input());
    }

    /// Indices count through the shape that the window makes. A larger one that is asked for has zeros at the end.
    private static Operand unpool(OnnxNode node) {
        Operand x = node.input();
        Shape shape = x.type().shape();
        List<Long> kernel =
                WindowAttributes.bounded(node, "kernel_shape", node.attributes().requiredIntegers("kernel_shape"), 1);
        if (shape.rank() != kernel.size() + 2) {
            throw node.fault(
                    Code.SHAPE_RANK,
                    "input has shape " + shape + " but a window of shape " + kernel + " needs rank "
                            + (kernel.size() + 2),
                    null);
        }
        List<Long> strides = WindowAttributes.list(node, "strides", Collections.nCopies(kernel.size(), 1L), 1);
        List<Long> pads = WindowAttributes.list(node, "pads", Collections.nCopies(2 * kernel.size(), 0L), 0);
        List<Long> dims = new ArrayList<>(shape.dims().subList(0, 2));
        for (int axis = 0; axis < kernel.size(); axis++) {
            long spread = node.product(shape.dim(axis + 2) - 1, strides.get(axis)) + kernel.get(axis);
            dims.add(spread - pads.get(axis) - pads.get(axis + kernel.size()));
        }
        if (dims.stream().anyMatch(dim -> dim < 0 || dim > TensorType.MOST_COMPUTABLE)) {
            throw node.fault(Code.SHAPE_WINDOW, "would have the shape " + dims, "use less padding");
        }
        Operand y = node.apply(new Unpool(dims), x, node.input(1, "I"));
        return node.optionalIntegers(2, "output_shape")
                .map(wanted -> extended(node, y, wanted))
                .orElse(y);
    }

    private static Operand extended(OnnxNode node, Operand y, List<Long> wanted) {
        List<Long> dims = y.type().shape().dims();
        List<Long> pads = new ArrayList<>(Collections.nCopies(dims.size(), 0L));
        for (int axis = 0; axis < dims.size(); axis++) {
            long more = wanted.size() == dims.size() ? wanted.get(axis) - dims.get(axis) : -1;
            if (more < 0) {
                throw node.fault(
                        Code.SHAPE_MISMATCH, "output_shape is " + wanted + " but the window makes " + dims, null);
            }
            pads.add(more);
        }
        return wanted.equals(dims) ? y : node.apply(new Pad(pads, Pad.Mode.CONSTANT, 0), y);
    }
}
