package dev.sinter.training.quantization;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.ConvTranspose;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which part of a network computes on integers.
///
/// Products do wherever they stand. Sums, averages and what moves numbers do where integers come in and are wanted
/// behind: an island of such nodes between others that compute in floating point would only round more. A tensor is
/// quantised if a node of the integer part reads it, and behind every convolution, which yields bytes. What a matrix
/// product yields stays a real number if none reads it as an integer: the scores of a classifier, for one.
final class IntegerPart {
    private final Graph graph;
    private final Set<String> keep;
    private final Map<Node, LayerKind> kinds = new HashMap<>();
    private final Map<Node, Node> rectifiers = new HashMap<>();
    private final Set<Node> integer = new HashSet<>();
    private final Set<Value> quantized = new LinkedHashSet<>();

    /// Tensors of one scale, as what lies between them only moves numbers.
    ///
    /// @param sources those that none of the others is moved from: what all of their numbers come from
    record Group(List<Value> members, List<Value> sources) {
        Group {
            members = List.copyOf(members);
            sources = List.copyOf(sources);
        }
    }

    private IntegerPart(Graph graph, Set<String> keep) {
        this.graph = graph;
        this.keep = keep;
        graph.nodes().forEach(node -> kinds.put(node, LayerKind.of(graph, node)));
    }

    /// @param keep nodes that are to compute in floating point, by name
    static IntegerPart of(Graph graph, Set<String> keep) {
        IntegerPart part = new IntegerPart(graph, keep);
        part.findRectifiers();
        Set<Value> bytes = part.possibleBytes();
        graph.nodes().reversed().forEach(node -> part.decide(node, bytes));
        part.findQuantized();
        return part;
    }

    /// True if the node computes on integers.
    boolean contains(Node node) {
        return integer.contains(node);
    }

    LayerKind kind(Node node) {
        return kinds.getOrDefault(node, LayerKind.NONE);
    }

    /// The rectifier that alone reads what `node` yields, and so belongs to its layer.
    Optional<Node> rectifier(Node node) {
        return Optional.ofNullable(rectifiers.get(node));
    }

    /// What the node's layer yields.
    Value result(Node node) {
        return rectifier(node).orElse(node).output();
    }

    /// True if the node belongs to the layer of the node before it.
    boolean isAbsorbed(Node node) {
        return rectifiers.containsValue(node);
    }

    /// The tensors that are held in bytes, in the order in which they are computed.
    Set<Value> quantized() {
        return Collections.unmodifiableSet(quantized);
    }

    private void findRectifiers() {
        graph.nodes().stream()
                .filter(node -> kind(node) == LayerKind.RECTIFIER
                        && !keep.contains(node.name())
                        && graph.hasOneUse(node.input(0)))
                .forEach(node -> graph.producer(node.input(0))
                        .filter(before -> kind(before) == LayerKind.PRODUCT || kind(before) == LayerKind.ARITHMETIC)
                        .ifPresent(before -> rectifiers.put(before, node)));
    }

    /// What could be held in bytes without rounding anything that was not rounded before.
    private Set<Value> possibleBytes() {
        Set<Value> bytes = new HashSet<>();
        graph.inputs().stream()
                .filter(input -> input.type().element() == ElementType.FLOAT32)
                .forEach(bytes::add);
        for (Node node : graph.nodes()) {
            boolean possible = !keep.contains(node.name())
                    && switch (kind(node)) {
                        case PRODUCT -> true;
                        case ARITHMETIC, MOVEMENT, RECTIFIER -> bytes.containsAll(LayerKind.data(node));
                        case NONE -> false;
                    };
            if (possible) {
                bytes.add(node.output());
            }
        }
        return bytes;
    }

    private void decide(Node node, Set<Value> bytes) {
        boolean wanted = graph.consumers(result(node)).stream().anyMatch(reader -> readsBytes(reader, result(node)));
        boolean joins = bytes.contains(node.output())
                && switch (kind(node)) {
                    case PRODUCT -> true;
                    case ARITHMETIC, MOVEMENT -> wanted;
                    case RECTIFIER -> wanted && !isAbsorbed(node);
                    case NONE -> false;
                };
        if (joins) {
            integer.add(node);
        }
    }

    private boolean readsBytes(Node reader, Value value) {
        return integer.contains(reader) && LayerKind.data(reader).contains(value);
    }

    private void findQuantized() {
        graph.inputs().stream().filter(this::isReadAsBytes).forEach(quantized::add);
        for (Node node : graph.nodes()) {
            boolean convolves =
                    integer.contains(node) && (node.op() instanceof Conv || node.op() instanceof ConvTranspose);
            if (convolves) {
                quantized.add(result(node));
            }
            node.outputs().stream().filter(this::isReadAsBytes).forEach(quantized::add);
        }
    }

    private boolean isReadAsBytes(Value value) {
        return graph.consumers(value).stream().anyMatch(reader -> readsBytes(reader, value));
    }

    /// The quantised tensors, those together that have one scale.
    ///
    /// @param rounding the concatenations that round what they read to a scale of their own
    List<Group> groups(Set<Node> rounding) {
        Map<Value, Value> parents = new HashMap<>();
        quantized.forEach(value -> parents.put(value, value));
        Set<Value> moved = new HashSet<>();
        for (Node node : graph.nodes()) {
            if (integer.contains(node) && kind(node) == LayerKind.MOVEMENT && !rounding.contains(node)) {
                moved.add(node.output());
                LayerKind.data(node)
                        .forEach(operand -> parents.put(root(parents, operand), root(parents, node.output())));
            }
        }
        Map<Value, List<Value>> members = new LinkedHashMap<>();
        quantized.forEach(value -> members.computeIfAbsent(root(parents, value), _ -> new ArrayList<>())
                .add(value));
        return members.values().stream()
                .map(group -> new Group(
                        group,
                        group.stream().filter(value -> !moved.contains(value)).toList()))
                .toList();
    }

    /// The concatenations that compute on integers.
    List<Node> concatenations() {
        return graph.nodes().stream()
                .filter(node -> integer.contains(node) && node.op() instanceof Concat)
                .toList();
    }

    private static Value root(Map<Value, Value> parents, Value value) {
        Value root = value;
        for (Value next = parents.get(root); next != null && next != root; next = parents.get(root)) {
            root = next;
        }
        return root;
    }
}
