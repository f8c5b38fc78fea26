package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.WindowAttributes;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.LpPool;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.MaxPoolIndices;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.stream.LongStream;

/// Pooling over windows and over whole images.
final class Pooling {
    static final List<Row> ROWS = List.of(
            Row.many("MaxPool", 1, 2, Pooling::maxPool),
            Row.of("AveragePool", Pooling::averagePool),
            Row.of("GlobalMaxPool", node -> global(node, Reduce.Kind.MAX)),
            Row.of("GlobalAveragePool", node -> global(node, Reduce.Kind.MEAN)),
            Row.of("LpPool", Pooling::lpPool),
            Row.of("GlobalLpPool", Pooling::globalLpPool));

    private Pooling() {}

    private static List<Operand> maxPool(OnnxNode node) {
        Window window = window(node);
        boolean columnMajor = node.opset() >= 8 && node.attributes().flag("storage_order", false);
        Operand largest = node.apply(new MaxPool(window), node.input());
        return node.wants(1)
                ? List.of(largest, node.apply(new MaxPoolIndices(window, columnMajor), node.input()))
                : List.of(largest);
    }

    /// At first p was a number with a point.
    private static double power(OnnxNode node) {
        double p = node.opset() < 2
                ? node.attributes().number("p", 2)
                : node.attributes().integer("p", 2);
        if (!(p > 0)) {
            throw node.attributeFault("p is " + p + " but must be above 0");
        }
        return p;
    }

    private static Operand lpPool(OnnxNode node) {
        double p = power(node);
        if (p != Math.rint(p)) {
            throw node.unsupported("has p " + p + ", which is no whole number");
        }
        return node.apply(new LpPool(window(node), (long) p), node.input());
    }

    private static Operand globalLpPool(OnnxNode node) {
        double p = power(node);
        Operand x = node.input();
        if (p == 2) {
            return node.apply(
                    new Unary(Unary.Kind.SQRT), global(node, Reduce.Kind.SUM, node.apply(Binary.Kind.MUL, x, x)));
        }
        Operand magnitude = node.apply(new Unary(Unary.Kind.ABS), x);
        if (p == 1) {
            return global(node, Reduce.Kind.SUM, magnitude);
        }
        Operand powers = node.apply(Binary.Kind.POW, magnitude, node.scalar(p));
        return node.apply(Binary.Kind.POW, global(node, Reduce.Kind.SUM, powers), node.scalar(1 / p));
    }

    private static Operand averagePool(OnnxNode node) {
        boolean countIncludePad = node.attributes().flag("count_include_pad", false);
        return node.apply(new AveragePool(window(node), countIncludePad), node.input());
    }

    static Window window(OnnxNode node) {
        Shape x = node.input().type().shape();
        List<Long> kernel =
                WindowAttributes.bounded(node, "kernel_shape", node.attributes().requiredIntegers("kernel_shape"), 1);
        boolean ceilMode = node.attributes().flag("ceil_mode", false);
        return WindowAttributes.of(node, x, kernel).window(x, ceilMode);
    }

    private static Operand global(OnnxNode node, Reduce.Kind kind) {
        return global(node, kind, node.input());
    }

    private static Operand global(OnnxNode node, Reduce.Kind kind, Operand values) {
        Shape x = node.input().type().shape();
        if (x.rank() < 3) {
            throw node.fault(
                    Code.SHAPE_RANK,
                    "input has shape " + x + " but needs at least 3 dimensions: batch, channels, space",
                    null);
        }
        List<Long> spatial = LongStream.range(2, x.rank()).boxed().toList();
        return node.apply(new Reduce(kind, spatial, true), values);
    }
}
