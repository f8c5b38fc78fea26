package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.WindowAttributes;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.stream.LongStream;

/// Pooling over windows and over whole images.
final class Pooling {
    static final List<Row> ROWS = List.of(
            Row.of("MaxPool", Pooling::maxPool).withOutputs(2),
            Row.of("AveragePool", Pooling::averagePool),
            Row.of("GlobalMaxPool", node -> global(node, Reduce.Kind.MAX)),
            Row.of("GlobalAveragePool", node -> global(node, Reduce.Kind.MEAN)));

    private Pooling() {}

    private static Operand maxPool(OnnxNode node) {
        // It orders the indices, which are not made.
        node.attributes().ignore("storage_order");
        return node.apply(new MaxPool(window(node)), node.input());
    }

    private static Operand averagePool(OnnxNode node) {
        boolean countIncludePad = node.attributes().flag("count_include_pad", false);
        return node.apply(new AveragePool(window(node), countIncludePad), node.input());
    }

    private static Window window(OnnxNode node) {
        Shape x = node.input().type().shape();
        List<Long> kernel =
                WindowAttributes.bounded(node, "kernel_shape", node.attributes().requiredIntegers("kernel_shape"), 1);
        boolean ceilMode = node.attributes().flag("ceil_mode", false);
        return WindowAttributes.of(node, x, kernel).window(x, ceilMode);
    }

    private static Operand global(OnnxNode node, Reduce.Kind kind) {
        Shape x = node.input().type().shape();
        if (x.rank() < 3) {
            throw node.fault(
                    Code.SHAPE_RANK,
                    "input has shape " + x + " but needs at least 3 dimensions: batch, channels, space",
                    null);
        }
        List<Long> spatial = LongStream.range(2, x.rank()).boxed().toList();
        return node.apply(new Reduce(kind, spatial, true), node.input());
    }
}
