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

/// Which tensors of an imported graph a compiled graph computes too, and so can be judged by. It rests on what
/// [Value] promises: the same value is the same tensor.
public final class Provenance {
    private final Map<Value, Value> compiledFor = new HashMap<>();
    private final Set<Value> imported;
    private final List<Value> compiled;
    private final Set<Value> folded = new LinkedHashSet<>();

    private Provenance(Set<Value> imported, List<Value> compiled) {
        this.imported = imported;
        this.compiled = compiled;
    }

    public static Provenance of(Graph importedGraph, Graph compiledGraph) {
        Provenance provenance = new Provenance(new HashSet<>(values(importedGraph)), values(compiledGraph));
        provenance.compiled.stream()
                .filter(provenance.imported::contains)
                .forEach(value -> provenance.compiledFor.put(value, value));
        provenance.alias(importedGraph);
        provenance.findFolded(importedGraph, compiledGraph);
        return provenance;
    }

    /// Of two names for one tensor, a removed identity leaves one.
    private void alias(Graph importedGraph) {
        for (Node node : importedGraph.nodes().reversed()) {
            if (RemoveIdentities.isIdentity(node) && compiledFor.containsKey(node.output())) {
                compiledFor.putIfAbsent(node.input(0), compiledFor.get(node.output()));
            }
        }
        for (Node node : importedGraph.nodes()) {
            if (RemoveIdentities.isIdentity(node) && compiledFor.containsKey(node.input(0))) {
                compiledFor.putIfAbsent(node.output(), compiledFor.get(node.input(0)));
            }
        }
    }

    private void findFolded(Graph importedGraph, Graph compiledGraph) {
        for (Node node : importedGraph.nodes()) {
            Set<Value> stillRead = new HashSet<>();
            node.outputs()
                    .forEach(output ->
                            compiledGraph.producer(output).ifPresent(producer -> stillRead.addAll(producer.inputs())));
            node.inputs().stream()
                    .filter(input -> importedGraph.constant(input).isPresent() && !stillRead.contains(input))
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

    /// The compiled value that is the same tensor as `importedValue`: itself, or what an identity made of it or it of.
    public Optional<Value> compiledFor(Value importedValue) {
        return Optional.ofNullable(compiledFor.get(importedValue));
    }

    /// The imported constants that a node of the compiled graph may have in another form, as part of a constant that
    /// was
    /// computed from several and rounded once. The error of that rounding is never more than if each of these constants
    /// had been rounded once more; an oracle that takes them for exact would blame the device for it.
    public Set<Value> folded() {
        return Collections.unmodifiableSet(folded);
    }

    /// All of [#compiledFor(Value)], by imported value.
    public Map<Value, Value> byImported() {
        return Collections.unmodifiableMap(compiledFor);
    }
}
