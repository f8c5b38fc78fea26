package dev.sinter.frontend.onnx.operator;

import static dev.sinter.ir.op.Binary.Kind.ADD;
import static dev.sinter.ir.op.Binary.Kind.DIV;
import static dev.sinter.ir.op.Binary.Kind.MUL;
import static dev.sinter.ir.op.Binary.Kind.SUB;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.PRelu;
import dev.sinter.ir.op.Reshape;
import dev.sinter.ir.op.Shrink;
import dev.sinter.ir.op.ThresholdedRelu;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;

/// Activation functions. Those that the graph has no operator for are composed; fusion makes one kernel of them again.
final class Activations {
    static final double HARD_SIGMOID_ALPHA = (float) 0.2;
    static final double HARD_SIGMOID_BETA = 0.5;
    private static final double SELU_ALPHA = 1.6732631921768188;
    private static final double SELU_GAMMA = 1.0507010221481323;

    static final List<Row> ROWS = List.of(
            Row.of("Relu", node -> unary(node, Unary.Kind.RELU)),
            Row.of("Sigmoid", node -> unary(node, Unary.Kind.SIGMOID)),
            Row.of("Tanh", node -> unary(node, Unary.Kind.TANH)),
            Row.of("LeakyRelu", node -> node.apply(new LeakyRelu(alpha(node, (float) 0.01)), node.input())),
            Row.of("PRelu", 1, 6, Activations::channelPRelu),
            Row.of("PRelu", 7, node -> node.apply(new PRelu(), node.input(), node.input(1, "slope"))),
            Row.of(
                    "HardSigmoid",
                    node -> hardSigmoid(
                            node,
                            node.input(),
                            alpha(node, HARD_SIGMOID_ALPHA),
                            node.attributes().number("beta", HARD_SIGMOID_BETA))),
            Row.of("HardSwish", 14, node -> hardSwish(node, node.input())),
            Row.of("Elu", node -> elu(node, node.input(), alpha(node, 1))),
            Row.of("Selu", Activations::selu),
            Row.of("Celu", 12, Activations::celu),
            Row.of("Softplus", node -> softplus(node, node.input())),
            Row.of("Softsign", node -> softsign(node, node.input())),
            Row.of(
                    "Mish",
                    18,
                    node -> times(
                            node, node.input(), node.apply(new Unary(Unary.Kind.TANH), softplus(node, node.input())))),
            Row.of("Swish", 24, Activations::swish),
            Row.of("Shrink", 9, Activations::shrink),
            Row.of("ThresholdedRelu", node -> node.apply(new ThresholdedRelu(alpha(node, 1)), node.input())),
            Row.of("Gelu", 20, Activations::gelu));

    private Activations() {}

    private static double alpha(OnnxNode node, double byDefault) {
        return node.attributes().number("alpha", byDefault);
    }

    private static Operand unary(OnnxNode node, Unary.Kind kind) {
        return node.apply(new Unary(kind), node.input());
    }

    private static Operand times(OnnxNode node, Operand a, Operand b) {
        return node.apply(new Binary(MUL), a, b);
    }

    static Operand times(OnnxNode node, Operand a, double factor) {
        return factor == 1 ? a : times(node, a, node.scalar(factor));
    }

    static Operand plus(OnnxNode node, Operand a, Operand b) {
        return node.apply(new Binary(ADD), a, b);
    }

    /// Before opset 7 a slope of shape `[C]` belonged to the channels, which NumPy's rule would align at the end.
    private static Operand channelPRelu(OnnxNode node) {
        Operand x = node.input();
        Operand slope = node.input(1, "slope");
        Shape shape = slope.type().shape();
        if (shape.rank() == 1 && shape.dim(0) > 1 && x.type().shape().rank() > 2) {
            List<Long> dims = new ArrayList<>(shape.dims());
            for (int axis = 2; axis < x.type().shape().rank(); axis++) {
                dims.add(1L);
            }
            slope = node.apply(new Reshape(dims), slope);
        }
        return node.apply(new PRelu(), x, slope);
    }

    static Operand hardSigmoid(OnnxNode node, Operand x, double alpha, double beta) {
        Operand line = plus(node, times(node, x, alpha), node.scalar(beta));
        return node.apply(new Clip(0, 1), line);
    }

    static Operand hardSwish(OnnxNode node, Operand x) {
        return times(node, x, hardSigmoid(node, x, (float) (1 / 6.0), 0.5));
    }

    /// relu(x) + alpha · (exp(min(x, 0)) - 1): each half is zero where the other holds.
    static Operand elu(OnnxNode node, Operand x, double alpha) {
        Operand negative = node.apply(new Clip(Double.NEGATIVE_INFINITY, 0), x);
        Operand less = node.apply(new Binary(SUB), node.apply(new Unary(Unary.Kind.EXP), negative), node.scalar(1));
        return plus(node, node.apply(Unary.RELU, x), times(node, less, alpha));
    }

    private static Operand selu(OnnxNode node) {
        // The first opset had the constants with five digits.
        boolean rough = node.opset() < 6;
        double alpha = alpha(node, rough ? (float) 1.6732 : SELU_ALPHA);
        double gamma = node.attributes().number("gamma", rough ? (float) 1.0507 : SELU_GAMMA);
        return times(node, elu(node, node.input(), alpha), gamma);
    }

    /// max(x, 0) + min(0, alpha · (exp(x / alpha) - 1)).
    private static Operand celu(OnnxNode node) {
        double alpha = alpha(node, 1);
        if (!(alpha > 0)) {
            throw node.attributeFault("alpha is " + alpha + " but must be above 0");
        }
        Operand scaled = node.apply(new Binary(DIV), node.input(), node.scalar(alpha));
        Operand negative = node.apply(new Clip(Double.NEGATIVE_INFINITY, 0), scaled);
        Operand less = node.apply(new Binary(SUB), node.apply(new Unary(Unary.Kind.EXP), negative), node.scalar(1));
        return plus(node, node.apply(Unary.RELU, node.input()), times(node, less, alpha));
    }

    /// log(1 + exp(x)) as relu(x) + log(1 + exp(-|x|)), which does not overflow.
    static Operand softplus(OnnxNode node, Operand x) {
        Operand magnitude = node.apply(new Unary(Unary.Kind.ABS), x);
        Operand small = node.apply(new Unary(Unary.Kind.EXP), node.apply(new Unary(Unary.Kind.NEGATE), magnitude));
        Operand rest = node.apply(new Unary(Unary.Kind.LOG), plus(node, small, node.scalar(1)));
        return plus(node, node.apply(Unary.RELU, x), rest);
    }

    static Operand softsign(OnnxNode node, Operand x) {
        Operand divisor = plus(node, node.apply(new Unary(Unary.Kind.ABS), x), node.scalar(1));
        return node.apply(new Binary(DIV), x, divisor);
    }

    private static Operand shrink(OnnxNode node) {
        double lambda = node.attributes().number("lambd", 0.5);
        return node.apply(new Shrink(lambda, node.attributes().number("bias", 0)), node.input());
    }

    private static Operand swish(OnnxNode node) {
        return swish(node, node.input(), alpha(node, 1));
    }

    static Operand swish(OnnxNode node, Operand x, double alpha) {
        return times(node, x, node.apply(new Unary(Unary.Kind.SIGMOID), times(node, x, alpha)));
    }

    private static Operand gelu(OnnxNode node) {
        boolean exact = node.attributes()
                .word("approximate", "none", List.of("none", "tanh"))
                .equals("none");
        return gelu(node, node.input(), exact);
    }

    /// x · (1 + erf(x / √2)) / 2, or with tanh(√(2/π) · (x + 0.044715 x³)) for erf (Hendrycks and Gimpel, 2016).
    static Operand gelu(OnnxNode node, Operand x, boolean exact) {
        Operand bend;
        if (exact) {
            bend = node.apply(new Unary(Unary.Kind.ERF), times(node, x, Math.sqrt(0.5)));
        } else {
            Operand cube = times(node, times(node, times(node, x, x), x), 0.044715);
            bend = node.apply(new Unary(Unary.Kind.TANH), times(node, plus(node, x, cube), Math.sqrt(2 / Math.PI)));
        }
        return times(node, times(node, x, 0.5), plus(node, bend, node.scalar(1)));
    }
}
