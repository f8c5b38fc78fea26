package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Winograd;
import dev.sinter.ir.rewrite.UseFloats;
import dev.sinter.ir.rewrite.UseWinograd;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The algorithms by which clusters may be computed, and those that were chosen.
final class Algorithms {
    private final Graph graph;
    private final Target target;
    private final Set<Value> constants;
    private final Map<Node, Alternative> made = new IdentityHashMap<>();
    private final Map<Node, Alternative> chosen = new IdentityHashMap<>();

    /// Nodes in place of another.
    ///
    /// @param instead the last of them yields what the original does
    /// @param constants those that they read and that there were not before; made once they are needed
    private record Alternative(Node original, List<Node> instead, Map<Value, Supplier<Tensor>> constants) {
        Alternative {
            instead = List.copyOf(instead);
            constants = new LinkedHashMap<>(constants);
        }
    }

    /// @param constants gains those that other algorithms read
    Algorithms(Graph graph, Target target, Set<Value> constants) {
        this.graph = graph;
        this.target = target;
        this.constants = constants;
    }

    /// The cluster as it is, then others that compute the same.
    List<Cluster> of(Cluster cluster) {
        List<Cluster> all = new ArrayList<>(List.of(cluster));
        if (target.kind() != Target.Kind.CPU || target.vectorLanes() < 2) {
            // Schedules for the others have been written for vectors only.
            return all;
        }
        for (Winograd algorithm : Winograd.values()) {
            cluster.nodes().forEach(node -> all.addAll(withWinograd(cluster, node, algorithm)));
        }
        cluster.nodes().forEach(node -> all.addAll(withFloats(cluster, node)));
        return all;
    }

    private Collection<Cluster> withWinograd(Cluster cluster, Node node, Winograd algorithm) {
        UseWinograd rule = new UseWinograd(algorithm);
        return rule.instead(graph, node).stream()
                .map(instead -> with(
                        cluster,
                        new Alternative(
                                node,
                                List.of(instead),
                                Map.of(instead.input(1), () -> rule.weights(graph, node)))))
                .toList();
    }

    private Collection<Cluster> withFloats(Cluster cluster, Node node) {
        return new UseFloats()
                .instead(graph, node).stream()
                        .map(replacement -> {
                            Map<Value, Supplier<Tensor>> floats = new LinkedHashMap<>();
                            replacement
                                    .constants()
                                    .forEach((value, integers) ->
                                            floats.put(value, () -> UseFloats.floats(graph, integers)));
                            return with(cluster, new Alternative(node, replacement.nodes(), floats));
                        })
                        .toList();
    }

    private Cluster with(Cluster cluster, Alternative alternative) {
        constants.addAll(alternative.constants().keySet());
        made.put(alternative.instead().getLast(), alternative);
        return cluster.with(alternative.original(), alternative.instead());
    }

    /// Notes which of them it is to be.
    void choose(Cluster cluster) {
        cluster.nodes().stream()
                .filter(made::containsKey)
                .map(node -> Expect.present(made.get(node), node))
                .forEach(alternative -> chosen.put(alternative.original(), alternative));
    }

    /// The network with what was chosen in place.
    Graph graph() {
        if (chosen.isEmpty()) {
            return graph;
        }
        Map<Value, Tensor> all = new LinkedHashMap<>(graph.constants());
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Alternative alternative = chosen.get(node);
            if (alternative == null) {
                nodes.add(node);
                continue;
            }
            nodes.addAll(alternative.instead());
            alternative.constants().forEach((value, tensor) -> all.put(value, tensor.get()));
        }
        return graph.with(all, nodes);
    }
}
