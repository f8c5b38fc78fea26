package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.op.Clip;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.ThresholdedRelu;
import dev.sinter.ir.op.Unary;
import java.util.List;
import java.util.Optional;

/// The activation that a fused operator names in an attribute.
final class FusedActivation {
    private static final List<String> NAMES = List.of(
            "",
            "Relu",
            "Sigmoid",
            "Tanh",
            "LeakyRelu",
            "Clip",
            "HardSigmoid",
            "HardSwish",
            "Elu",
            "Softplus",
            "Softsign",
            "ThresholdedRelu",
            "Gelu",
            "QuickGelu");

    /// The factor by which QuickGelu comes near to Gelu.
    static final double QUICK_GELU_ALPHA = (float) 1.702;

    private FusedActivation() {}

    /// A parameter of the activation, or what it is if it is not given.
    private interface Parameters {
        double get(int place, String name, double byDefault);
    }

    /// Parameters stand in a list, `activation_params`.
    static Operand listed(OnnxNode node, Operand x) {
        Optional<List<Float>> listed = node.attributes().numbers("activation_params");
        return applied(
                node,
                x,
                (place, _, byDefault) -> listed.filter(list -> place < list.size())
                        .map(list -> (double) list.get(place))
                        .orElse(byDefault));
    }

    /// Parameters are attributes of their own, such as `activation_alpha`.
    static Operand named(OnnxNode node, Operand x) {
        node.attributes().ignore("activation_alpha", "activation_beta", "activation_gamma", "activation_axis");
        return applied(node, x, (_, name, byDefault) -> node.attributes().number("activation_" + name, byDefault));
    }

    private static Operand applied(OnnxNode node, Operand x, Parameters parameters) {
        String name = node.attributes().word("activation", "", NAMES);
        return switch (name) {
            case "" -> x;
            case "Relu" -> node.apply(Unary.RELU, x);
            case "Sigmoid" -> node.apply(new Unary(Unary.Kind.SIGMOID), x);
            case "Tanh" -> node.apply(new Unary(Unary.Kind.TANH), x);
            case "LeakyRelu" -> node.apply(new LeakyRelu(parameters.get(0, "alpha", (float) 0.01)), x);
            case "Clip" ->
                node.apply(
                        new Clip(
                                parameters.get(0, "alpha", Double.NEGATIVE_INFINITY),
                                parameters.get(1, "beta", Double.POSITIVE_INFINITY)),
                        x);
            case "HardSigmoid" ->
                Activations.hardSigmoid(
                        node,
                        x,
                        parameters.get(0, "alpha", Activations.HARD_SIGMOID_ALPHA),
                        parameters.get(1, "beta", Activations.HARD_SIGMOID_BETA));
            case "HardSwish" -> Activations.hardSwish(node, x);
            case "Elu" -> Activations.elu(node, x, parameters.get(0, "alpha", 1));
            case "Softplus" -> Activations.softplus(node, x);
            case "Softsign" -> Activations.softsign(node, x);
            case "ThresholdedRelu" -> node.apply(new ThresholdedRelu(parameters.get(0, "alpha", 1)), x);
            case "Gelu" -> Activations.gelu(node, x, true);
            default -> Activations.swish(node, x, parameters.get(0, "alpha", QUICK_GELU_ALPHA));
        };
    }
}
