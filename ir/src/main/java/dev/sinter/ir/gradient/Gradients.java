package dev.sinter.ir.gradient;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reverse-mode differentiation of graphs: from the loss backwards, each node turns the gradient with respect to its
/// output into what it contributes to the gradients with respect to its inputs, and a value's gradient is the sum of
/// what its readers contribute (Griewank and Walther, Evaluating Derivatives, 2nd edition, section 3.2).
///
/// The result is made of ordinary operators, so that passes, fusion, every device and the oracle treat it like any
/// other network. Nothing is computed that no wanted gradient needs.
public final class Gradients {
    private final Graph graph;
    private final BackwardNodes nodes;
    private final Set<Value> influenced = new HashSet<>();
    private final Map<Value, List<Value>> contributions = new HashMap<>();
    private final Map<Value, Integer> readers = new HashMap<>();

    private Gradients(Graph graph, List<Value> of) {
        this.graph = graph;
        nodes = new BackwardNodes(graph);
        influenced.addAll(of);
        for (Node node : graph.nodes()) {
            if (node.inputs().stream().anyMatch(influenced::contains) && !Rules.isFlat(node.op())) {
                influenced.addAll(node.outputs());
            }
        }
    }

    /// @param loss a value of the graph with a single element
    /// @param of values of the graph with floating-point elements: inputs, constants, or what nodes yield. The gradient
    ///     with respect to one that does not influence the loss is a constant of zeros
    /// @throws CompileException if the loss has another number of elements, or an operator between has no gradient
    public static Differentiated of(Graph graph, Value loss, List<Value> of) {
        requireKnown(graph, loss);
        of.forEach(value -> requireKnown(graph, value));
        if (loss.type().shape().elements() != 1 || !loss.type().element().isFloating()) {
            throw new CompileException(
                    Code.GRADIENT_LOSS,
                    loss.name(),
                    "is " + loss.type() + " but a loss is a single floating-point number",
                    "reduce it with reduce_mean or reduce_sum over all axes");
        }
        return new Gradients(graph, of).run(loss, of);
    }

    private static void requireKnown(Graph graph, Value value) {
        boolean known = graph.inputs().contains(value)
                || graph.constants().containsKey(value)
                || graph.producer(value).isPresent();
        if (!known) {
            throw new CompileException(
                    Code.GRAPH_UNKNOWN_VALUE, graph.name(), "has no value " + value + " to differentiate", null);
        }
    }

    private Differentiated run(Value loss, List<Value> of) {
        List<Node> path = path(loss);
        for (Node node : path) {
            node.inputs().stream().filter(influenced::contains).forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        if (influenced.contains(loss)) {
            contributions.put(loss, new ArrayList<>(List.of(nodes.filled(loss.type(), 1))));
        }
        for (Node node : path) {
            differentiate(node);
        }
        return finish(of);
    }

    /// The nodes through which wanted values influence the loss, from the loss backwards.
    private List<Node> path(Value loss) {
        Set<Value> needed = new HashSet<>(Set.of(loss));
        List<Node> path = new ArrayList<>();
        for (Node node : graph.nodes().reversed()) {
            boolean onPath = node.outputs().stream().anyMatch(needed::contains)
                    && node.inputs().stream().anyMatch(influenced::contains)
                    && !Rules.isFlat(node.op());
            if (onPath) {
                path.add(node);
                node.inputs().stream().filter(influenced::contains).forEach(needed::add);
            }
        }
        return path;
    }

    private void differentiate(Node node) {
        if (node.op().runsOnHost()) {
            throw Rules.onHost(node);
        }
        if (node.outputs().size() != 1) {
            throw Rules.missing(node, "it has " + node.outputs().size() + " outputs");
        }
        Value gradient = sum(node.output());
        for (int operand = 0; operand < node.inputs().size(); operand++) {
            Value input = node.input(operand);
            if (!influenced.contains(input)) {
                continue;
            }
            List<Value> found = contributions.computeIfAbsent(input, _ -> new ArrayList<>());
            boolean single = readers.getOrDefault(input, 0) == 1;
            String name = input.name() + ".gradient" + (single ? "" : "." + (found.size() + 1));
            int before = nodes.count();
            Value contribution = Rules.gradient(new Backward(node, gradient, nodes, name), operand);
            found.add(nodes.named(name, contribution, before));
        }
    }

    /// The gradient with respect to `value`: what its readers contributed, added up.
    private Value sum(Value value) {
        List<Value> found = contributions.getOrDefault(value, List.of());
        if (found.isEmpty()) {
            return nodes.filled(value.type(), 0);
        }
        Value sum = found.getFirst();
        for (int i = 1; i < found.size(); i++) {
            sum = nodes.add(
                    value.name() + ".gradient" + (i + 1 < found.size() ? ".sum" : ""), Binary.ADD, sum, found.get(i));
        }
        contributions.put(value, new ArrayList<>(List.of(sum)));
        return sum;
    }

    private Differentiated finish(List<Value> of) {
        Map<Value, Value> gradients = new LinkedHashMap<>();
        Set<Value> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        taken.addAll(graph.outputs());
        for (Value value : of) {
            if (gradients.containsKey(value)) {
                continue;
            }
            Value gradient = sum(value);
            // An output's name is how callers find it: where a value serves as several gradients, each gets its own.
            boolean own =
                    nodes.isMade(gradient) && gradient.name().equals(value.name() + ".gradient") && taken.add(gradient);
            gradients.put(value, own ? gradient : nodes.add(value.name() + ".gradient", new Identity(), gradient));
        }
        return new Differentiated(nodes.graph(gradients.values()), gradients);
    }
}
