package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Cast;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/// Computes a convolution or matrix product of integers in floating point where every sum stays within 2²⁴, so that
/// nothing is ever rounded and the result is the same to the last bit. Processors multiply and add floats in one
/// instruction, 32-bit integers in three. Whether it pays depends on the device, so it is no standard pass; the planner
/// tries it.
public record UseFloats() implements Rule {
    /// Up to here floats hold all integers.
    private static final double EXACT = 1 << 24;

    /// What stands in place of a node.
    ///
    /// @param nodes the last of them yields the node's output
    /// @param constants those that they read and that there were not before, by the integers that they are
    public record Replacement(List<Node> nodes, Map<Value, Value> constants) {}

    @Override
    public String name() {
        return "use-floats";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        return instead(graph, node).map(replacement -> {
            Map<Value, Tensor> constants = new LinkedHashMap<>();
            replacement.constants().forEach((value, integers) -> constants.put(value, floats(graph, integers)));
            return new Patch(replacement.nodes(), constants, Map.of());
        });
    }

    /// The nodes that compute the same; for the constants that they read, tensors are to be made by [#floats].
    public Optional<Replacement> instead(Graph graph, Node node) {
        boolean isProduct = node.op() instanceof Conv || node.op() instanceof MatMul || node.op() instanceof Gemm;
        if (!isProduct
                || node.output().type().element() != ElementType.INT32
                || node.input(1).type().shape().elements() == 0) {
            return Optional.empty();
        }
        boolean known = node.inputs().stream()
                .skip(1)
                .allMatch(input -> graph.constant(input).isPresent());
        return known && largestSum(graph, node) <= EXACT ? Optional.of(replacement(node)) : Optional.empty();
    }

    /// A constant of integers as floats.
    public static Tensor floats(Graph graph, Value integers) {
        return graph.constant(integers).orElseThrow().converted(ElementType.FLOAT32);
    }

    private static Replacement replacement(Node node) {
        Map<Value, Value> constants = new LinkedHashMap<>();
        Node numbers = Node.infer(
                node.name() + ".numbers",
                new Cast(ElementType.FLOAT32),
                node.inputs().subList(0, 1));
        List<Value> operands = new ArrayList<>(List.of(numbers.output()));
        for (Value constant : node.inputs().subList(1, node.inputs().size())) {
            Value floats =
                    new Value(constant.name() + ".floats", constant.type().withElement(ElementType.FLOAT32));
            constants.put(floats, constant);
            operands.add(floats);
        }
        Node sums = Node.infer(node.name() + ".floats", node.op(), operands);
        Node result = new Node(node.name(), new Cast(ElementType.INT32), sums.outputs(), node.outputs());
        return new Replacement(List.of(numbers, sums, result), constants);
    }

    /// What no sum exceeds, whatever its order: Σ |w| · max |x| + |b|, of the output channel where that is largest.
    private static double largestSum(Graph graph, Node node) {
        Tensor weights = graph.constant(node.input(1)).orElseThrow();
        LongUnaryOperator channelOf = WeightedNode.channelOf(node);
        double[] sums = new double[channels(node)];
        long elements = weights.shape().elements();
        for (long i = 0; i < elements; i++) {
            sums[(int) channelOf.applyAsLong(i)] += Math.abs(weights.get(i));
        }
        double largest = Arrays.stream(sums).max().orElse(0);
        double input = IntegerInterval.of(graph, node.input(0)).magnitude();
        double bias = node.inputs().size() == 3
                ? IntegerInterval.of(graph, node.input(2)).magnitude()
                : 0;
        return node.op() instanceof Gemm gemm
                ? Math.abs(gemm.alpha()) * largest * input + Math.abs(gemm.beta()) * bias
                : largest * input + bias;
    }

    /// A vector on the right has one.
    private static int channels(Node node) {
        Shape weights = node.input(1).type().shape();
        if (!(node.op() instanceof MatMul)) {
            return Math.toIntExact(node.output().type().shape().dim(1));
        }
        return weights.rank() == 1 ? 1 : Math.toIntExact(weights.dim(weights.rank() - 1));
    }
}
