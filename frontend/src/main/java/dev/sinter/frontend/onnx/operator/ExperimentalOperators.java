package dev.sinter.frontend.onnx.operator;

import static dev.sinter.ir.op.Binary.Kind.ADD;
import static dev.sinter.ir.op.Binary.Kind.DIV;
import static dev.sinter.ir.op.Binary.Kind.MUL;
import static dev.sinter.ir.op.Binary.Kind.SUB;

import dev.sinter.frontend.onnx.node.Axes;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Flatten;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.Pad;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.List;

/// Operators that ONNX had as experiments in its first opsets, and that models of that time have, from WinML and Caffe2
/// among others. Runtimes know them in every opset.
final class ExperimentalOperators {
    private static final double MEAN_VARIANCE_EPSILON = 1e-9;

    static final List<Row> ROWS = List.of(
            Row.of("Affine", ExperimentalOperators::affine),
            Row.of("Scale", node -> Activations.times(node, node.input(), number(node, "scale", 1))),
            Row.of("ScaledTanh", ExperimentalOperators::scaledTanh),
            Row.of("ParametricSoftplus", ExperimentalOperators::parametricSoftplus),
            Row.of("ImageScaler", ExperimentalOperators::imageScaler),
            Row.of("Crop", ExperimentalOperators::crop),
            Row.of("FC", ExperimentalOperators::fullyConnected),
            Row.of("MeanVarianceNormalization", 1, 8, ExperimentalOperators::meanVariance));

    private ExperimentalOperators() {}

    private static double number(OnnxNode node, String name, double byDefault) {
        return node.attributes().number(name, byDefault);
    }

    private static double required(OnnxNode node, String name) {
        return node.attributes()
                .number(name)
                .orElseThrow(() -> node.attributeFault("attribute '" + name + "' is missing"));
    }

    private static Operand affine(OnnxNode node) {
        Operand scaled = Activations.times(node, node.input(), number(node, "alpha", 1));
        return Activations.plus(node, scaled, node.scalar(number(node, "beta", 0)));
    }

    private static Operand scaledTanh(OnnxNode node) {
        Operand inner = Activations.times(node, node.input(), required(node, "beta"));
        return Activations.times(node, node.apply(new Unary(Unary.Kind.TANH), inner), required(node, "alpha"));
    }

    private static Operand parametricSoftplus(OnnxNode node) {
        Operand inner = Activations.times(node, node.input(), required(node, "beta"));
        return Activations.times(node, Activations.softplus(node, inner), required(node, "alpha"));
    }

    /// scale · x + bias of the channel.
    private static Operand imageScaler(OnnxNode node) {
        Shape shape = image(node);
        Operand scaled = Activations.times(node, node.input(), number(node, "scale", 1));
        List<Float> bias = node.attributes().numbers("bias").orElse(List.of());
        if (bias.isEmpty()) {
            return scaled == node.input() ? node.same(scaled) : scaled;
        }
        if (bias.size() != shape.dim(1)) {
            throw node.attributeFault("bias has " + bias.size() + " entries for " + shape.dim(1) + " channels");
        }
        Tensor perChannel = Tensor.ofFloats(Shape.of(bias.size(), 1, 1), floats(bias));
        return node.apply(new Binary(ADD), scaled, node.constant(perChannel));
    }

    private static float[] floats(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }

    private static Shape image(OnnxNode node) {
        Shape shape = node.input().type().shape();
        if (shape.rank() != 4) {
            throw node.fault(Code.SHAPE_RANK, "input has shape " + shape + " but [N,C,H,W] is expected", null);
        }
        return shape;
    }

    /// Without a scale, which is the size of what remains, borders are cut off all around.
    private static Operand crop(OnnxNode node) {
        Shape shape = image(node);
        List<Long> border = node.attributes().requiredIntegers("border");
        List<Long> size = node.attributes().integers("scale").orElse(List.of());
        if (border.size() != 4 || !size.isEmpty() && size.size() != 2) {
            throw node.attributeFault("border " + border + " and scale " + size
                    + " must be left, top, right and bottom, and height and width");
        }
        long left = border.get(0);
        long top = border.get(1);
        long bottom = size.isEmpty() ? border.get(3) : shape.dim(2) - top - size.get(0);
        long right = size.isEmpty() ? border.get(2) : shape.dim(3) - left - size.get(1);
        boolean fits = left >= 0
                && top >= 0
                && right >= 0
                && bottom >= 0
                && left <= shape.dim(3) - right
                && top <= shape.dim(2) - bottom;
        if (!fits) {
            throw node.attributeFault(
                    "border " + border + " and scale " + size + " do not lie within an image of " + shape);
        }
        return node.apply(
                new Pad(List.of(0L, 0L, -top, -left, 0L, 0L, -bottom, -right), Pad.Mode.CONSTANT, 0), node.input());
    }

    /// x · Wᵀ + b, of matrices that are flattened from an axis on.
    private static Operand fullyConnected(OnnxNode node) {
        Operand x = matrix(node, node.input(0, "X"), node.attributes().integer("axis", 1));
        Operand weights = matrix(node, node.input(1, "W"), node.attributes().integer("axis_w", 1));
        return node.apply(new Gemm(1, 1, false, true), x, weights, node.input(2, "B"));
    }

    private static Operand matrix(OnnxNode node, Operand operand, long axis) {
        int first = Axes.normal(node, axis, operand.type().shape().rank());
        return node.apply(new Flatten(first), operand);
    }

    private static Operand meanVariance(OnnxNode node) {
        image(node);
        boolean acrossChannels = node.attributes().flag("across_channels", false);
        List<Long> axes = acrossChannels ? List.of(1L, 2L, 3L) : List.of(2L, 3L);
        Operand mean = node.apply(new Reduce(Reduce.Kind.MEAN, axes, true), node.input());
        Operand centred = node.apply(new Binary(SUB), node.input(), mean);
        if (!node.attributes().flag("normalize_variance", true)) {
            return centred;
        }
        Operand squares = node.apply(new Binary(MUL), centred, centred);
        Operand variance = node.apply(new Reduce(Reduce.Kind.MEAN, axes, true), squares);
        Operand deviation = node.apply(new Unary(Unary.Kind.SQRT), variance);
        return node.apply(
                new Binary(DIV), centred, Activations.plus(node, deviation, node.scalar(MEAN_VARIANCE_EPSILON)));
    }
}
