package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.WindowAttributes;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Lrn;
import java.util.List;

/// Normalisations that the graph has operators for.
final class Normalizations {
    static final double EPSILON = (float) 1e-5;

    static final List<Row> ROWS = List.of(
            Row.of("BatchNormalization", Normalizations::batch).withOutputs(5), //
            Row.of("LRN", Normalizations::acrossChannels));

    private Normalizations() {}

    private static Operand batch(OnnxNode node) {
        Attributes attributes = node.attributes();
        // Only training uses them.
        attributes.ignore("momentum", "is_test");
        if (node.opset() >= 14 && attributes.flag("training_mode", false)) {
            throw node.unsupported("is in training mode, which is not supported: export the model for inference");
        }
        if (node.opset() < 9 && !attributes.flag("spatial", true)) {
            throw node.unsupported("has spatial=0, one mean per element, which is not supported");
        }
        for (int i = 1; i < node.outputCount(); i++) {
            if (node.wants(i)) {
                throw node.unsupported("yields statistics in output " + i
                        + ", as in training, which is not supported: export the model for inference");
            }
        }
        return node.apply(
                new BatchNormalization(attributes.number("epsilon", EPSILON)),
                node.input(),
                node.input(1, "scale"),
                node.input(2, "B"),
                node.input(3, "mean"),
                node.input(4, "var"));
    }

    private static Operand acrossChannels(OnnxNode node) {
        Attributes attributes = node.attributes();
        long size = attributes.requiredInteger("size");
        WindowAttributes.bounded(node, "size", List.of(size), 1);
        Lrn lrn = new Lrn(
                size,
                attributes.number("alpha", (float) 1e-4),
                attributes.number("beta", 0.75),
                attributes.number("bias", 1));
        return node.apply(lrn, node.input());
    }
}
