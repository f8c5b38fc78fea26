package dev.sinter.training.quantization;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A network with the steps that make bytes of its numbers, and numbers of these bytes, around what computes on
/// integers.
///
/// @param graph with the inputs and outputs of the network it was made of
/// @param counterparts for each tensor of that network, which layer it belongs to being the same, the one here
record QuantizedGraph(Graph graph, Map<Value, Value> counterparts) {
    /// @param parameters of the tensors that are to be held in bytes
    /// @param weights of the products that compute on integers
    static QuantizedGraph of(
            Graph graph,
            IntegerPart part,
            Map<Value, QuantizationParameters> parameters,
            Map<Node, QuantizedWeights> weights) {
        return new Making(graph, part, parameters, weights).graph();
    }

    private static final class Making {
        private final Graph original;
        private final IntegerPart part;
        private final Map<Value, QuantizationParameters> parameters;
        private final Map<Node, QuantizedWeights> weights;
        private final Map<Value, Value> standsFor = new HashMap<>();
        private final Graph.Builder builder;
        private final ByteSteps steps;

        Making(
                Graph original,
                IntegerPart part,
                Map<Value, QuantizationParameters> parameters,
                Map<Node, QuantizedWeights> weights) {
            this.original = original;
            this.part = part;
            this.parameters = parameters;
            this.weights = weights;
            builder = Graph.builder(original.name());
            steps = new ByteSteps(builder, original);
        }

        QuantizedGraph graph() {
            for (Value input : original.inputs()) {
                builder.input(input);
                standsFor.put(input, rounded(input, input, steps.fresh(input.name() + "_dequantized")));
            }
            Stream<Value> read = original.nodes().stream()
                    .filter(node -> !weights.containsKey(node))
                    .flatMap(node -> node.inputs().stream());
            Stream.concat(read, original.outputs().stream())
                    .distinct()
                    .forEach(value -> original.constant(value).ifPresent(tensor -> builder.put(value, tensor)));
            original.nodes().forEach(this::add);
            builder.output(original.outputs().stream().map(this::counterpart).toArray(Value[]::new));
            return new QuantizedGraph(builder.build(), Map.copyOf(standsFor));
        }

        private Value counterpart(Value value) {
            return standsFor.getOrDefault(value, value);
        }

        private void add(Node node) {
            Optional<Node> rectifier = part.rectifier(node);
            if (rectifier.isPresent() && isImplied(node, rectifier.get())) {
                addAs(node, rectifier.get().output());
            } else if (!part.isAbsorbed(node) || !standsFor.containsKey(node.output())) {
                addAs(node, node.outputs().getFirst());
            }
        }

        /// True if what rounding limits anyway is all that the rectifier does, but for less than half a step.
        private boolean isImplied(Node node, Node rectifier) {
            QuantizationParameters found = parameters.get(rectifier.output());
            return found != null
                    && part.contains(node)
                    && found.lowest() >= LayerKind.least(rectifier) - found.scale() / 2
                    && found.highest() <= LayerKind.most(rectifier) + found.scale() / 2;
        }

        /// @param result which tensor of the network the node yields here
        private void addAs(Node node, Value result) {
            QuantizedWeights quantized = weights.get(node);
            List<Value> operands = quantized == null
                    ? node.inputs().stream().map(this::counterpart).toList()
                    : operands(node, quantized);
            if (node.outputs().size() > 1) {
                builder.add(node.withInputs(operands));
                return;
            }
            Op op = quantized == null ? node.op() : quantized.product().op();
            boolean rounds = parameters.containsKey(result);
            String own = rounds && original.isOutput(result) ? steps.fresh(result.name() + "_real") : result.name();
            Value value = steps.add(node, op, operands, own);
            String behind = original.isOutput(result) ? result.name() : steps.fresh(result.name() + "_dequantized");
            standsFor.put(result, rounds ? rounded(result, value, behind) : value);
        }

        private List<Value> operands(Node product, QuantizedWeights quantized) {
            String bias = product.inputs().size() == 3 ? product.input(2).name() : product.name() + "_bias";
            return steps.operands(
                    counterpart(product.input(0)), quantized, product.input(1).name(), bias);
        }

        private Value rounded(Value of, Value real, String output) {
            QuantizationParameters found = parameters.get(of);
            return found == null ? real : steps.real(of.name(), steps.quantized(real, found), found, output);
        }
    }
}
