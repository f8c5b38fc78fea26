package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which tensors of an imported graph a compiled graph computes too, and so can be judged by. It rests on what [Value]
/// promises: the same value is the same tensor.
public final class Provenance {
    private final Graph importedGraph;
    private final Graph compiledGraph;
    private final List<Value> compiled;
    private final Set<Value> imported;
    private final Map<Value, Value> compiledFor = new HashMap<>();
    private final Set<Value> folded = new LinkedHashSet<>();

    private Provenance(Graph importedGraph, Graph compiledGraph) {
        this.importedGraph = importedGraph;
        this.compiledGraph = compiledGraph;
        compiled = values(compiledGraph);
        imported = new HashSet<>(values(importedGraph));
        findCompiled();
        findFolded();
    }

    public static Provenance of(Graph importedGraph, Graph compiledGraph) {
        return new Provenance(importedGraph, compiledGraph);
    }

    private void findCompiled() {
        SameValues same = SameValues.of(importedGraph);
        Set<Value> inBoth = new HashSet<>(shared());
        Map<Value, Value> kept = new HashMap<>();
        List<Value> all = values(importedGraph);
        all.stream().filter(inBoth::contains).forEach(value -> kept.putIfAbsent(same.first(value), value));
        for (Value value : all) {
            Value found = inBoth.contains(value) ? value : kept.get(same.first(value));
            if (found != null) {
                compiledFor.put(value, found);
            }
        }
    }

    private void findFolded() {
        for (Node node : importedGraph.nodes()) {
            Set<Value> stillRead = new HashSet<>();
            for (Value output : node.outputs()) {
                compiledFor(output)
                        .flatMap(compiledGraph::producer)
                        .ifPresent(producer -> stillRead.addAll(producer.inputs()));
            }
            node.inputs().stream()
                    .filter(input -> importedGraph.constant(input).isPresent())
                    .filter(input ->
                            compiledFor(input).filter(stillRead::contains).isEmpty())
                    .forEach(folded::add);
        }
    }

    private static List<Value> values(Graph graph) {
        List<Value> values = new ArrayList<>(graph.inputs());
        values.addAll(graph.constants().keySet());
        graph.nodes().forEach(node -> values.addAll(node.outputs()));
        return values;
    }

    /// True if the imported graph has this very value.
    public boolean isImported(Value value) {
        return imported.contains(value);
    }

    /// The compiled values that the imported graph has too, in the order in which they are defined: inputs, constants,
    /// then what nodes yield.
    public List<Value> shared() {
        return compiled.stream().filter(imported::contains).toList();
    }

    /// The compiled values that passes made, in the order in which they are defined.
    public List<Value> made() {
        return compiled.stream().filter(value -> !imported.contains(value)).toList();
    }

    /// The compiled value that is the same tensor as `importedValue`: itself, or one that passes kept in its place
    /// since both are the same.
    public Optional<Value> compiledFor(Value importedValue) {
        return Optional.ofNullable(compiledFor.get(importedValue));
    }

    /// All of [#compiledFor(Value)], by imported value. What a device computed for the compiled values is known of all
    /// these imported ones: an oracle that knows but the shared ones may have to go back to the graph's inputs.
    public Map<Value, Value> byImported() {
        return Collections.unmodifiableMap(compiledFor);
    }

    /// The imported constants that a node of the compiled graph may have in another form, as part of a constant that
    /// was computed from several and rounded once. The error of that rounding is never more than if each of these
    /// constants had been rounded once more; an oracle that takes them for exact would blame the device for it.
    public Set<Value> folded() {
        return Collections.unmodifiableSet(folded);
    }
}
