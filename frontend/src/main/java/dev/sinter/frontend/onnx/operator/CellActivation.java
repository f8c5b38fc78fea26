package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.node.Formulas;
import dev.sinter.frontend.onnx.node.OnnxNode;
import dev.sinter.frontend.onnx.node.Operand;
import dev.sinter.ir.op.LeakyRelu;
import dev.sinter.ir.op.ThresholdedRelu;
import dev.sinter.ir.op.Unary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A function of a recurrent cell, with its parameters.
///
/// @param clip the largest magnitude of what it is applied to, infinite if that is not bounded
record CellActivation(Kind kind, double alpha, double beta, double clip) {
    /// The functions that ONNX names, and what their parameters are by default; NaN where they have none.
    enum Kind {
        RELU("Relu", Double.NaN, Double.NaN),
        TANH("Tanh", Double.NaN, Double.NaN),
        SIGMOID("Sigmoid", Double.NaN, Double.NaN),
        AFFINE("Affine", 1, 0),
        LEAKY_RELU("LeakyRelu", (float) 0.01, Double.NaN),
        THRESHOLDED_RELU("ThresholdedRelu", 1, Double.NaN),
        SCALED_TANH("ScaledTanh", 1, 1),
        HARD_SIGMOID("HardSigmoid", (float) 0.2, 0.5),
        ELU("Elu", 1, Double.NaN),
        SOFTSIGN("Softsign", Double.NaN, Double.NaN),
        SOFTPLUS("Softplus", Double.NaN, Double.NaN);

        private final String text;
        private final double alpha;
        private final double beta;

        Kind(String text, double alpha, double beta) {
            this.text = text;
            this.alpha = alpha;
            this.beta = beta;
        }
    }

    /// The functions that a node's attributes name.
    ///
    /// @param usual those of one direction where none are named
    /// @return as many as there are in one direction, for each direction
    static List<List<CellActivation>> of(OnnxNode node, List<Kind> usual, int directions) {
        Optional<List<String>> named = node.attributes().texts("activations");
        Iterator<Float> alphas = numbers(node, "activation_alpha");
        Iterator<Float> betas = numbers(node, "activation_beta");
        Optional<Double> bound = node.attributes().number("clip");
        if (bound.isPresent() && !(bound.get() > 0)) {
            throw node.attributeFault("clip is " + bound.get() + " but must be above 0");
        }
        int count = usual.size() * directions;
        if (named.isPresent() && named.get().size() != count) {
            throw node.attributeFault("names " + named.get().size() + " activations but " + count + " are expected");
        }
        List<CellActivation> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Kind kind = named.isPresent() ? kind(node, named.get().get(i)) : usual.get(i % usual.size());
            all.add(new CellActivation(
                    kind,
                    parameter(kind.alpha, alphas),
                    parameter(kind.beta, betas),
                    bound.orElse(Double.POSITIVE_INFINITY)));
        }
        if (alphas.hasNext() || betas.hasNext()) {
            throw node.attributeFault(
                    "has more values in activation_alpha or activation_beta than its activations take");
        }
        List<List<CellActivation>> byDirection = new ArrayList<>();
        for (int first = 0; first < count; first += usual.size()) {
            byDirection.add(List.copyOf(all.subList(first, first + usual.size())));
        }
        return byDirection;
    }

    private static Iterator<Float> numbers(OnnxNode node, String attribute) {
        return node.attributes().numbers(attribute).orElse(List.of()).iterator();
    }

    /// Values are taken in the order of the functions that have such a parameter.
    private static double parameter(double usual, Iterator<Float> values) {
        return Double.isNaN(usual) || !values.hasNext() ? usual : values.next();
    }

    private static Kind kind(OnnxNode node, String name) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.text.equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> node.attributeFault("activation is '" + name + "' but one of "
                        + Arrays.stream(Kind.values()).map(kind -> kind.text).collect(Collectors.joining(", "))
                        + " is expected"));
    }

    CellActivation unclipped() {
        return new CellActivation(kind, alpha, beta, Double.POSITIVE_INFINITY);
    }

    Operand of(Formulas formulas, Operand x) {
        return function(formulas, clip < Double.POSITIVE_INFINITY ? formulas.clip(x, -clip, clip) : x);
    }

    private Operand function(Formulas formulas, Operand x) {
        return switch (kind) {
            case RELU -> formulas.unary(Unary.Kind.RELU, x);
            case TANH -> formulas.unary(Unary.Kind.TANH, x);
            case SIGMOID -> formulas.unary(Unary.Kind.SIGMOID, x);
            case AFFINE -> formulas.plus(formulas.times(x, alpha), formulas.number(beta));
            case LEAKY_RELU -> formulas.apply(new LeakyRelu(alpha), x);
            case THRESHOLDED_RELU -> formulas.apply(new ThresholdedRelu(alpha), x);
            case SCALED_TANH -> formulas.times(formulas.unary(Unary.Kind.TANH, formulas.times(x, beta)), alpha);
            case HARD_SIGMOID -> formulas.clip(formulas.plus(formulas.times(x, alpha), formulas.number(beta)), 0, 1);
            case ELU -> elu(formulas, x);
            case SOFTSIGN ->
                formulas.times(x, formulas.unary(Unary.Kind.RECIPROCAL, onePlus(formulas, magnitude(formulas, x))));
            case SOFTPLUS -> softplus(formulas, x);
        };
    }

    private static Operand magnitude(Formulas formulas, Operand x) {
        return formulas.unary(Unary.Kind.ABS, x);
    }

    private static Operand onePlus(Formulas formulas, Operand x) {
        return formulas.plus(x, formulas.number(1));
    }

    /// Each half is zero where the other holds.
    private Operand elu(Formulas formulas, Operand x) {
        Operand negative = formulas.clip(x, Double.NEGATIVE_INFINITY, 0);
        Operand less = formulas.minus(formulas.unary(Unary.Kind.EXP, negative), formulas.number(1));
        return formulas.plus(formulas.unary(Unary.Kind.RELU, x), formulas.times(less, alpha));
    }

    /// relu(x) + log(1 + exp(-|x|)), which does not overflow.
    private static Operand softplus(Formulas formulas, Operand x) {
        Operand small = formulas.unary(Unary.Kind.EXP, formulas.unary(Unary.Kind.NEGATE, magnitude(formulas, x)));
        Operand rest = formulas.unary(Unary.Kind.LOG, onePlus(formulas, small));
        return formulas.plus(formulas.unary(Unary.Kind.RELU, x), rest);
    }
}
