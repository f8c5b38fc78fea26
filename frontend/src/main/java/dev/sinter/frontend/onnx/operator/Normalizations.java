package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.Attributes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.frontend.onnx.node.WindowAttributes;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Lrn;
import java.util.List;
import java.util.stream.IntStream;

/// Normalisations that the graph has operators for.
final class Normalizations {
    static final double EPSILON = (float) 1e-5;

    static final List<Row> ROWS = List.of(
            Row.many("BatchNormalization", 1, 5, Normalizations::batch), //
            Row.of("LRN", Normalizations::acrossChannels));

    private Normalizations() {}

    private static List<Operand> batch(OnnxNode node) {
        Attributes attributes = node.attributes();
        // What early opsets had to say that statistics are those of training.
        attributes.ignore("is_test");
        boolean perElement = node.opset() < 9 && !attributes.flag("spatial", true);
        boolean training = node.opset() >= 14
                ? attributes.flag("training_mode", false)
                : IntStream.range(1, node.outputCount()).anyMatch(node::wants);
        if (training && perElement) {
            throw node.unsupported("has spatial=0 and yields statistics, as in training, which is not supported");
        }
        if (training) {
            return BatchStatistics.training(node);
        }
        // Only training uses it.
        attributes.ignore("momentum");
        if (perElement) {
            return List.of(BatchStatistics.perElement(node));
        }
        return List.of(node.apply(
                new BatchNormalization(attributes.number("epsilon", EPSILON)),
                node.input(),
                node.input(1, "scale"),
                node.input(2, "B"),
                node.input(3, "mean"),
                node.input(4, "var")));
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
