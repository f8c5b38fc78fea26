package dev.sinter.ir.gradient;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.graph.Verifier;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A graph that grows: the given nodes and constants, then those of the backward half, each under a name of its own.
final class BackwardNodes {
    private final Graph forward;
    private final Map<Value, Tensor> constants;
    private final List<Node> made = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Map<Fill, Value> fills = new HashMap<>();

    private record Fill(TensorType type, double value) {}

    BackwardNodes(Graph forward) {
        this.forward = forward;
        constants = new LinkedHashMap<>(forward.constants());
        forward.inputs().forEach(value -> names.add(value.name()));
        forward.constants().keySet().forEach(value -> names.add(value.name()));
        forward.nodes().forEach(node -> node.outputs().forEach(value -> names.add(value.name())));
    }

    Value add(String name, Op op, Value... operands) {
        Node node = Node.infer(unique(name), op, List.of(operands));
        made.add(node);
        return node.output();
    }

    /// A constant that holds `value` everywhere; one for all uses of it.
    Value filled(TensorType type, double value) {
        return fills.computeIfAbsent(new Fill(type, value), _ -> {
            Value constant = new Value(unique(filledName(type, value)), type);
            constants.put(constant, Tensor.filled(type, value));
            return constant;
        });
    }

    private static String filledName(TensorType type, double value) {
        String extents = type.shape().dims().stream().map(String::valueOf).collect(Collectors.joining("x"));
        return "filled." + (extents.isEmpty() ? "" : extents + ".") + value;
    }

    /// The number that a constant of [#filled] holds; empty for other values.
    Optional<Double> fillOf(Value value) {
        return fills.entrySet().stream()
                .filter(fill -> fill.getValue() == value)
                .map(fill -> fill.getKey().value())
                .findFirst();
    }

    boolean isMade(Value value) {
        return made.stream().anyMatch(node -> node.outputs().contains(value));
    }

    /// How many nodes there are so far.
    int count() {
        return made.size();
    }

    /// Gives the value its final name, if the last of the nodes that were made after the first `before` yields it:
    /// rules make nodes without knowing which of them is the last, and may make none.
    Value named(String name, Value value, int before) {
        if (made.size() == before || made.getLast().output() != value || names.contains(name)) {
            return value;
        }
        Node last = made.removeLast();
        names.remove(last.name());
        return add(name, last.op(), last.inputs().toArray(Value[]::new));
    }

    Graph graph(Collection<Value> gradients) {
        List<Node> nodes = new ArrayList<>(forward.nodes());
        nodes.addAll(made);
        List<Value> outputs = new ArrayList<>(forward.outputs());
        outputs.addAll(gradients);
        Set<Value> read = new HashSet<>(outputs);
        made.forEach(node -> read.addAll(node.inputs()));
        constants.keySet().removeIf(value -> !forward.constants().containsKey(value) && !read.contains(value));
        Graph graph = new Graph(forward.name(), forward.inputs(), constants, nodes, outputs);
        Verifier.verify(graph);
        return graph;
    }

    private String unique(String name) {
        String free = name;
        for (int number = 2; !names.add(free); number++) {
            free = name + "." + number;
        }
        return free;
    }
}
