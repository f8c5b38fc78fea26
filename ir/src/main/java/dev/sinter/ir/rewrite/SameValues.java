package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Reshape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which values of a graph are one tensor under several names: what an identity or a neutral operand leaves as it is,
/// what is computed twice, and what is the same elements under the same shape. Passes keep one of these, and not always
/// the first.
final class SameValues {
    private static final List<Rule> FORWARDING = List.of(new RemoveIdentities(), new RemoveNeutralOperands());

    private final Map<Value, Value> first = new HashMap<>();
    private final Map<Value, Value> reshapedFrom = new HashMap<>();
    private final ExpressionTable table = new ExpressionTable();
    private final Graph graph;

    private SameValues(Graph graph) {
        this.graph = graph;
    }

    static SameValues of(Graph graph) {
        SameValues same = new SameValues(graph);
        graph.constants()
                .forEach((value, tensor) ->
                        same.table.earlier(value, tensor).ifPresent(earlier -> same.first.put(value, earlier)));
        graph.nodes().forEach(same::number);
        return same;
    }

    /// The first value that is the same tensor as this one.
    Value first(Value value) {
        return first.getOrDefault(value, value);
    }

    private void number(Node node) {
        Optional<Patch> forwarded = FORWARDING.stream()
                .flatMap(rule -> rule.apply(graph, node).stream())
                .findFirst();
        if (forwarded.isPresent()) {
            forwarded.get().same().forEach((output, value) -> first.put(output, first(value)));
            return;
        }
        Node canonical = canonical(node);
        List<Value> inputs = canonical.inputs().stream().map(this::first).toList();
        if (canonical.op() instanceof Reshape) {
            Value source = reshapedFrom.getOrDefault(inputs.getFirst(), inputs.getFirst());
            reshapedFrom.put(node.output(), source);
            inputs = List.of(source);
            if (source.type().equals(node.output().type())) {
                first.put(node.output(), source);
                return;
            }
        }
        table.earlier(canonical, inputs).ifPresent(earlier -> {
            for (int i = 0; i < node.outputs().size(); i++) {
                first.put(node.outputs().get(i), first(earlier.outputs().get(i)));
            }
        });
    }

    private Node canonical(Node node) {
        return new Canonicalise()
                .apply(graph, node)
                .map(patch -> patch.nodes().getFirst())
                .orElse(node);
    }
}
