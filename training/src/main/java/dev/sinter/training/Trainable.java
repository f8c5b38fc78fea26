package dev.sinter.training;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.BatchNormalization;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.op.MatMul;
import dev.sinter.ir.op.PRelu;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Which constants of a network are its parameters: those that stand where operators have weights, biases, scales and
/// slopes. Others, such as the numbers by which pixels are scaled, stay as they are.
final class Trainable {
    private Trainable() {}

    /// In the graph's order of constants.
    static List<Value> of(Graph graph) {
        Set<Value> found = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        graph.nodes().forEach(node -> found.addAll(of(graph, node)));
        return graph.constants().keySet().stream().filter(found::contains).toList();
    }

    /// Those and the running statistics of batch normalisation.
    static List<Value> withStatistics(Graph graph) {
        Set<Value> found = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        found.addAll(of(graph));
        for (Node node : graph.nodes()) {
            if (node.op() instanceof BatchNormalization) {
                found.addAll(node.inputs().subList(3, 5));
            }
        }
        return graph.constants().keySet().stream().filter(found::contains).toList();
    }

    private static List<Value> of(Graph graph, Node node) {
        List<Value> constants = new ArrayList<>();
        for (int place : places(graph, node)) {
            Value operand = node.input(place);
            if (graph.constant(operand).isPresent() && operand.type().element().isFloating()) {
                constants.add(operand);
            }
        }
        return constants;
    }

    private static List<Integer> places(Graph graph, Node node) {
        return switch (node.op()) {
            case Conv _, ConvTranspose _, Gemm _, PRelu _ ->
                IntStream.range(1, node.inputs().size()).boxed().toList();
            case MatMul _ -> List.of(0, 1);
            // Scale and bias; mean and variance follow the data by themselves.
            case BatchNormalization _ -> List.of(1, 2);
            // The bias of a layer whose operator has none.
            case Binary(Binary.Kind kind) when kind == Binary.Kind.ADD -> biasOf(graph, node);
            default -> List.of();
        };
    }

    private static List<Integer> biasOf(Graph graph, Node sum) {
        return IntStream.of(0, 1)
                .filter(place -> graph.producer(sum.input(1 - place))
                        .map(other -> other.op() instanceof Conv
                                || other.op() instanceof ConvTranspose
                                || other.op() instanceof MatMul
                                || other.op() instanceof Gemm)
                        .orElse(false))
                .boxed()
                .toList();
    }
}
