package dev.sinter.ir.graph;

import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A network: nodes in an order in which each comes after what it reads. Immutable; the [Verifier] says whether one is
/// valid, and every graph that leaves a frontend or a pass is.
public final class Graph {
    private final String name;
    private final List<Value> inputs;
    private final Map<Value, Tensor> constants;
    private final List<Node> nodes;
    private final List<Value> outputs;
    private final Map<Value, Node> producers = new IdentityHashMap<>();
    private final Map<Value, List<Node>> consumers = new IdentityHashMap<>();
    private final Set<Value> yielded;
    private final Set<Value> open = new HashSet<>();

    public Graph(String name, List<Value> inputs, Map<Value, Tensor> constants, List<Node> nodes, List<Value> outputs) {
        this.name = name;
        this.inputs = List.copyOf(inputs);
        this.constants = Collections.unmodifiableMap(new LinkedHashMap<>(constants));
        this.nodes = List.copyOf(nodes);
        this.outputs = List.copyOf(outputs);
        this.yielded = Set.copyOf(outputs);
        for (Node node : nodes) {
            for (Value output : node.outputs()) {
                producers.put(output, node);
            }
            addOpen(node);
            for (Value input : node.inputs()) {
                List<Node> readers = consumers.computeIfAbsent(input, _ -> new ArrayList<>());
                if (readers.isEmpty() || readers.getLast() != node) {
                    readers.add(node);
                }
            }
        }
    }

    private void addOpen(Node node) {
        if (!node.op().runsOnHost()) {
            return;
        }
        boolean readsOpen = node.inputs().stream().anyMatch(open::contains);
        for (int output = 0; output < node.outputs().size(); output++) {
            if (readsOpen || node.op().hasOpenExtents(node.signature(), output)) {
                open.add(node.outputs().get(output));
            }
        }
    }

    public static Builder builder(String name) {
        return new Builder(name);
    }

    public String name() {
        return name;
    }

    public List<Value> inputs() {
        return inputs;
    }

    /// The tensors known at compile time, in order of definition.
    public Map<Value, Tensor> constants() {
        return constants;
    }

    public List<Node> nodes() {
        return nodes;
    }

    public List<Value> outputs() {
        return outputs;
    }

    /// The node that yields `value`; empty for inputs and constants.
    public Optional<Node> producer(Value value) {
        return Optional.ofNullable(producers.get(value));
    }

    /// The nodes that read `value`, each once, in order.
    public List<Node> consumers(Value value) {
        return Collections.unmodifiableList(consumers.getOrDefault(value, List.of()));
    }

    /// True if the extents of `value` are known only once the network has run; its type then says how large they are at
    /// most.
    public boolean isOpen(Value value) {
        return open.contains(value);
    }

    public boolean isOutput(Value value) {
        return yielded.contains(value);
    }

    /// True if exactly one operand of one node reads `value`, and the graph does not yield it.
    public boolean hasOneUse(Value value) {
        List<Node> readers = consumers(value);
        return readers.size() == 1
                && readers.getFirst().inputs().stream()
                                .filter(input -> input == value)
                                .count()
                        == 1
                && !isOutput(value);
    }

    /// The constant behind `value`; empty if it is not one.
    public Optional<Tensor> constant(Value value) {
        return Optional.ofNullable(constants.get(value));
    }

    /// A graph with other nodes and constants but the same name, inputs and outputs.
    public Graph with(Map<Value, Tensor> otherConstants, List<Node> otherNodes) {
        return new Graph(name, inputs, otherConstants, otherNodes, outputs);
    }

    /// The nodes that are on the way from what is known to what is wanted, whether or not that is known too.
    public Set<Node> between(Set<Value> known, Collection<Value> wanted) {
        Set<Node> between = new LinkedHashSet<>();
        Deque<Value> left = new ArrayDeque<>(wanted);
        while (!left.isEmpty()) {
            producer(left.pop())
                    .filter(between::add)
                    .ifPresent(node -> node.inputs().stream()
                            .filter(input -> !known.contains(input))
                            .forEach(left::push));
        }
        return between;
    }

    /// The inputs of the graph that [#between] needs beyond what is known.
    public Set<Value> lacking(Set<Value> known, Collection<Value> wanted) {
        Set<Value> lacking = new LinkedHashSet<>(wanted);
        between(known, wanted).forEach(node -> lacking.addAll(node.inputs()));
        lacking.removeIf(value -> known.contains(value)
                || constant(value).isPresent()
                || producer(value).isPresent());
        return lacking;
    }

    /// Some of the nodes as a network by itself, with those of the constants that they read.
    ///
    /// @param part in an order in which each comes after what it reads
    /// @throws dev.sinter.ir.diag.CompileException if they read anything else
    public Graph part(String partName, Collection<Value> partInputs, List<Node> part, Collection<Value> partOutputs) {
        Map<Value, Tensor> read = new LinkedHashMap<>();
        part.forEach(node ->
                node.inputs().forEach(input -> constant(input).ifPresent(tensor -> read.put(input, tensor))));
        Graph graph = new Graph(partName, List.copyOf(partInputs), read, part, List.copyOf(partOutputs));
        Verifier.verify(graph);
        return graph;
    }

    /// A builder that has all of this graph but its outputs.
    public Builder toBuilder() {
        Builder builder = new Builder(name);
        builder.inputs.addAll(inputs);
        builder.constants.putAll(constants);
        builder.nodes.addAll(nodes);
        return builder;
    }

    /// Makes a graph node by node; types are inferred and checked at each call.
    public static final class Builder {
        private final String name;
        private final List<Value> inputs = new ArrayList<>();
        private final Map<Value, Tensor> constants = new LinkedHashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Value> outputs = new ArrayList<>();

        private Builder(String name) {
            this.name = name;
        }

        public Value input(String inputName, TensorType type) {
            Value value = new Value(inputName, type);
            inputs.add(value);
            return value;
        }

        /// An input of another graph, as the same value.
        public Builder input(Value input) {
            inputs.add(input);
            return this;
        }

        public Value constant(String constantName, Tensor tensor) {
            Value value = new Value(constantName, tensor.type());
            constants.put(value, tensor);
            return value;
        }

        /// A constant of another graph, as the same value.
        public Builder put(Value constant, Tensor tensor) {
            constants.put(constant, tensor);
            return this;
        }

        /// Adds a node and returns its first output, named as the node.
        public Value add(String nodeName, Op op, Value... operands) {
            return add(Node.infer(nodeName, op, List.of(operands))).output();
        }

        public Node add(Node node) {
            nodes.add(node);
            return node;
        }

        public Builder output(Value... values) {
            outputs.addAll(List.of(values));
            return this;
        }

        /// The constant behind `value`, if it is one.
        public Optional<Tensor> constantOf(Value value) {
            return Optional.ofNullable(constants.get(value));
        }

        /// @throws dev.sinter.ir.diag.CompileException if the graph is not valid
        public Graph build() {
            Graph graph = new Graph(name, inputs, constants, nodes, outputs);
            Verifier.verify(graph);
            return graph;
        }
    }
}
