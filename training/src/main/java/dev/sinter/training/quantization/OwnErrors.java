package dev.sinter.training.quantization;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.type.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/// What each product's own rounding does to what it yields, if it reads what the network in floating point has there:
/// its inputs rounded to bytes, its weights and bias to integers.
///
/// The mean of that over batch and positions is what bias correction takes from the bias (Nagel et al., 2019, section
/// 4.2, <https://arxiv.org/abs/1906.04721>; there for weights alone and from statistics of batch normalisation, here
/// measured).
final class OwnErrors {
    private final Graph.Builder builder;
    private final ByteSteps steps;
    private final Map<Node, Sums> sums = new LinkedHashMap<>();
    private final Map<Value, Value> rounded = new HashMap<>();

    /// The means over one batch that a run yields for a node.
    private record Sums(Value error, Value squaredError, Value squaredSignal) {
        List<Value> values() {
            return List.of(error, squaredError, squaredSignal);
        }
    }

    /// What rounding one layer does.
    ///
    /// @param mean of the error, for each output channel
    /// @param signal mean square of what the layer yields
    /// @param noise mean square of the error
    record OwnError(double[] mean, double signal, double noise) {
        /// Signal to noise in dB.
        double decibels() {
            return Decibels.of(signal, noise);
        }

        /// What is left once the mean is taken off.
        OwnError corrected() {
            double squares = Arrays.stream(mean).map(x -> x * x).average().orElse(0);
            return new OwnError(new double[mean.length], signal, Math.max(0, noise - squares));
        }
    }

    private OwnErrors(Graph graph) {
        builder = graph.toBuilder();
        steps = new ByteSteps(builder, graph);
    }

    /// @param weights of the products that compute on integers
    static Map<Node, OwnError> measure(
            Graph graph,
            Map<Value, QuantizationParameters> parameters,
            Map<Node, QuantizedWeights> weights,
            NetworkRuns runs) {
        OwnErrors errors = new OwnErrors(graph);
        weights.forEach((node, quantized) -> errors.add(node, parameters, quantized));
        return errors.run(runs);
    }

    private void add(Node node, Map<Value, QuantizationParameters> parameters, QuantizedWeights quantized) {
        Product product = quantized.product();
        Value data = rounded.computeIfAbsent(node.input(0), value -> rounded(value, parameters));
        List<Value> operands = steps.operands(data, quantized, node.name() + "_w", node.name() + "_b");
        Value found = steps.add(node.name() + "_found", product.op(), operands.toArray(Value[]::new));
        Value error = steps.add(node.name() + "_error", new Binary(Binary.Kind.SUB), found, node.output());
        sums.put(
                node,
                new Sums(
                        mean(product, "_mean", error),
                        mean(product, "_noise", squared(node, "_error_squared", error)),
                        mean(product, "_power", squared(node, "_squared", node.output()))));
    }

    private Value rounded(Value value, Map<Value, QuantizationParameters> parameters) {
        QuantizationParameters found = Expect.present(parameters.get(value), value);
        String name = steps.fresh(value.name() + "_rounded");
        return steps.real(value.name(), steps.quantized(value, found), found, name);
    }

    private Value squared(Node node, String name, Value value) {
        return steps.add(node.name() + name, new Binary(Binary.Kind.MUL), value, value);
    }

    /// Over all but the channels.
    private Value mean(Product product, String name, Value value) {
        int rank = value.type().shape().rank();
        int channels = product.bias().isPresent() ? 1 : rank - 1;
        List<Long> axes = LongStream.range(0, rank)
                .filter(axis -> axis != channels)
                .boxed()
                .toList();
        return steps.add(product.node().name() + name, new Reduce(Reduce.Kind.MEAN, axes, false), value);
    }

    private Map<Node, OwnError> run(NetworkRuns runs) {
        List<Value> wanted =
                sums.values().stream().flatMap(sum -> sum.values().stream()).toList();
        Graph measuring = builder.output(wanted.toArray(Value[]::new)).build();
        Map<Value, double[]> totals = new HashMap<>();
        try (WatchedNetwork network = runs.watch(measuring, wanted)) {
            runs.forEach(
                    network,
                    seen -> wanted.forEach(value -> {
                        Tensor tensor = seen.apply(value);
                        double[] total = totals.computeIfAbsent(
                                value,
                                _ -> new double[Math.toIntExact(tensor.shape().elements())]);
                        for (int i = 0; i < total.length; i++) {
                            total[i] += tensor.get(i) / runs.samples().batches();
                        }
                    }));
        }
        Map<Node, OwnError> errors = new LinkedHashMap<>();
        sums.forEach((node, sum) -> errors.put(
                node,
                new OwnError(
                        Expect.present(totals.get(sum.error()), sum),
                        average(Expect.present(totals.get(sum.squaredSignal()), sum)),
                        average(Expect.present(totals.get(sum.squaredError()), sum)))));
        return errors;
    }

    private static double average(double[] numbers) {
        return Arrays.stream(numbers).average().orElse(0);
    }
}
