package dev.sinter.training.quantization;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Quantize;
import dev.sinter.ir.rewrite.StandardPasses;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.quantization.OwnErrors.OwnError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes integers of a trained network's numbers, without training it again: post-training static quantisation.
///
/// Weights are quantised as they are, activations by what they are on some samples. The network that comes out computes
/// in floating point what a kernel for integers computes, rounding included.
public final class Quantizer {
    private final Graph graph;
    private final QuantizationSettings settings;
    private final NetworkRuns runs;
    private final IntegerPart part;

    private Quantizer(Graph graph, QuantizationSettings settings, NetworkRuns runs) {
        this.graph = graph;
        this.settings = settings;
        this.runs = runs;
        this.part = IntegerPart.of(graph, settings.keep());
    }

    /// @param network in float32
    /// @param samples what activations are measured on
    /// @param device what it is measured with
    /// @throws CompileException if nothing in the network can compute on integers, if it is quantised already, if a
    ///     node that is to be kept is not there, or if a layer yields what is no finite number
    public static QuantizedNetwork quantize(
            Graph network, Samples samples, Device device, QuantizationSettings settings, Trace trace) {
        requireRealNumbers(network);
        if (samples.batches() < 1) {
            throw new CompileException(
                    Code.INPUT_DATA, network.name(), "there are no samples to measure activations on", null);
        }
        Graph passed = StandardPasses.pipeline().run(network, trace);
        requireNodes(settings.keep().stream().sorted().toList(), passed);
        Quantizer quantizer = new Quantizer(passed, settings, new NetworkRuns(device, samples, trace));
        return quantizer.quantized();
    }

    private static void requireRealNumbers(Graph network) {
        network.nodes().stream()
                .filter(node -> node.op() instanceof Quantize)
                .findFirst()
                .ifPresent(node -> {
                    throw new CompileException(
                            Code.QUANTIZATION,
                            node.label(),
                            "the network is quantised already",
                            "give the network in float32 that it was made of");
                });
    }

    private static void requireNodes(List<String> names, Graph network) {
        List<String> known = network.nodes().stream().map(Node::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new CompileException(
                        Code.OPTION,
                        "keep " + name,
                        "there is no node of that name after the passes that run before quantising",
                        NearestNames.hint(name, known)
                                .orElse("batch norm, for one, has become a part of the convolution before it"));
            }
        }
    }

    private QuantizedNetwork quantized() {
        List<Product> products = products();
        Set<Value> looked = new LinkedHashSet<>(part.quantized());
        shown().forEach(node -> looked.add(part.result(node)));
        try (WatchedNetwork floating = runs.watch(graph, looked)) {
            Map<Value, QuantizationParameters> parameters =
                    new Ranges(graph, runs, floating, part).parameters(settings.calibration(), settings.activations());
            Map<Node, QuantizedWeights> weights = weights(products, parameters, Map.of());
            Map<Node, OwnError> errors = OwnErrors.measure(graph, parameters, weights, runs);
            if (settings.biasCorrection()) {
                weights = weights(products, parameters, errors);
            }
            QuantizedGraph quantized = QuantizedGraph.of(graph, part, parameters, weights);
            return new QuantizedNetwork(graph, quantized.graph(), qualities(floating, quantized, parameters, errors));
        }
    }

    private List<Product> products() {
        List<Product> products = graph.nodes().stream()
                .filter(part::contains)
                .flatMap(node -> Product.of(graph, node).stream())
                .toList();
        if (products.isEmpty()) {
            throw new CompileException(
                    Code.QUANTIZATION,
                    graph.name(),
                    "has no layer to quantise: no convolution or matrix product in float32 with constant weights"
                            + (settings.keep().isEmpty() ? "" : " that is not to be kept"),
                    null);
        }
        return products;
    }

    /// The nodes that reports tell of: those that yield real numbers, as many in each run.
    private List<Node> shown() {
        return graph.nodes().stream()
                .filter(node -> node.outputs().size() == 1
                        && node.output().type().element().isFloating()
                        && !part.isAbsorbed(node)
                        && !graph.isOpen(node.output()))
                .toList();
    }

    private Map<Node, QuantizedWeights> weights(
            List<Product> products, Map<Value, QuantizationParameters> parameters, Map<Node, OwnError> errors) {
        Map<Node, QuantizedWeights> weights = new LinkedHashMap<>();
        for (Product product : products) {
            Node node = product.node();
            Optional<OwnError> error = Optional.ofNullable(errors.get(node));
            Optional<double[]> bias = product.bias()
                    .map(own -> error.map(found -> corrected(own, found)).orElse(own));
            boolean has = node.inputs().size() == 3
                    || bias.stream().flatMapToDouble(Arrays::stream).anyMatch(number -> number != 0);
            float inputScale =
                    Expect.present(parameters.get(node.input(0)), node.input(0)).scale();
            weights.put(node, QuantizedWeights.of(product, inputScale, bias.filter(_ -> has), settings.perChannel()));
        }
        return weights;
    }

    private static double[] corrected(double[] bias, OwnError error) {
        double[] corrected = new double[bias.length];
        Arrays.setAll(corrected, channel -> bias[channel] - error.mean()[channel]);
        return corrected;
    }

    private List<LayerQuality> qualities(
            WatchedNetwork floating,
            QuantizedGraph quantized,
            Map<Value, QuantizationParameters> parameters,
            Map<Node, OwnError> errors) {
        Map<Node, SignalSums> sums = new LinkedHashMap<>();
        Map<Node, Value> counterparts = new LinkedHashMap<>();
        for (Node node : shown()) {
            Value result = part.result(node);
            sums.put(node, new SignalSums(Optional.ofNullable(parameters.get(result))));
            counterparts.put(node, Expect.present(quantized.counterparts().get(result), result));
        }
        try (WatchedNetwork rounding = runs.watch(quantized.graph(), counterparts.values())) {
            for (int number = 0; number < runs.samples().batches(); number++) {
                Map<String, Tensor> inputs = runs.samples().batch(number);
                WatchedNetwork.Seen exact = floating.run(inputs);
                WatchedNetwork.Seen found = rounding.run(inputs);
                sums.forEach((node, sum) -> sum.add(
                        exact.apply(part.result(node)).toFloats(),
                        found.apply(Expect.present(counterparts.get(node), node))
                                .toFloats()));
            }
        }
        List<LayerQuality> qualities = new ArrayList<>();
        sums.forEach((node, sum) -> qualities.add(quality(node, sum, parameters, errors)));
        return qualities;
    }

    private LayerQuality quality(
            Node node, SignalSums sum, Map<Value, QuantizationParameters> parameters, Map<Node, OwnError> errors) {
        Optional<OwnError> own = Optional.ofNullable(errors.get(node))
                .map(error -> settings.biasCorrection() ? error.corrected() : error);
        String rectifier = part.rectifier(node)
                .map(limiting -> "+" + limiting.op().mnemonic())
                .orElse("");
        return new LayerQuality(
                node.name(),
                node.op().mnemonic() + rectifier,
                part.contains(node),
                graph.isOutput(part.result(node)),
                sum.low(),
                sum.high(),
                Optional.ofNullable(parameters.get(part.result(node))),
                sum.clipped(),
                sum.decibels(),
                own.map(OwnError::decibels));
    }
}
