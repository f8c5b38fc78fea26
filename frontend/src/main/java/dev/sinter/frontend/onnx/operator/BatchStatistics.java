package dev.sinter.frontend.onnx.operator;

import static dev.sinter.ir.op.Binary.Kind.ADD;
import static dev.sinter.ir.op.Binary.Kind.DIV;
import static dev.sinter.ir.op.Binary.Kind.MUL;
import static dev.sinter.ir.op.Binary.Kind.SUB;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// Batch normalisation by the statistics of the batch itself, as in training, and by those of every element.
final class BatchStatistics {
    private BatchStatistics() {}

    /// y, and the running mean and variance after this batch; in the opsets that had them, its own mean and variance
    /// too.
    static List<Operand> training(OnnxNode node) {
        Operand x = node.input();
        Shape shape = x.type().shape();
        if (shape.rank() < 2) {
            throw node.fault(Code.SHAPE_RANK, "input has shape " + shape + " but needs batch and channels", null);
        }
        List<Long> axes = LongStream.range(0, shape.rank())
                .filter(axis -> axis != 1)
                .boxed()
                .toList();
        Operand wideMean = node.apply(new Reduce(Reduce.Kind.MEAN, axes, true), x);
        Operand centred = node.apply(SUB, x, wideMean);
        Operand wideVariance = node.apply(new Reduce(Reduce.Kind.MEAN, axes, true), node.apply(MUL, centred, centred));
        Operand mean = node.apply(new Reshape(List.of(shape.dim(1))), wideMean);
        Operand variance = node.apply(new Reshape(List.of(shape.dim(1))), wideVariance);
        BatchNormalization normalization =
                new BatchNormalization(node.attributes().number("epsilon", Normalizations.EPSILON));
        Operand y = node.apply(normalization, x, node.input(1, "scale"), node.input(2, "B"), mean, variance);
        double momentum = node.attributes().number("momentum", 0.9);
        List<Operand> outputs = new ArrayList<>(List.of(
                y,
                running(node, node.input(3, "input_mean"), mean, momentum),
                running(node, node.input(4, "input_var"), variance, momentum)));
        if (node.opset() < 14) {
            outputs.add(node.same(mean));
            outputs.add(node.same(variance));
        }
        return outputs;
    }

    private static Operand running(OnnxNode node, Operand before, Operand now, double momentum) {
        Operand kept = node.apply(MUL, before, node.scalar(momentum));
        return node.apply(ADD, kept, node.apply(MUL, now, node.scalar(1 - momentum)));
    }

    /// Each element of an image has statistics, scale and bias of its own.
    static Operand perElement(OnnxNode node) {
        Operand epsilon = node.scalar(node.attributes().number("epsilon", Normalizations.EPSILON));
        Operand variance = node.apply(ADD, node.input(4, "var"), epsilon);
        Operand deviation = node.apply(new Unary(Unary.Kind.SQRT), variance);
        Operand centred = node.apply(SUB, node.input(), node.input(3, "mean"));
        Operand normal = node.apply(DIV, centred, deviation);
        return node.apply(ADD, node.apply(MUL, normal, node.input(1, "scale")), node.input(2, "B"));
    }
}
