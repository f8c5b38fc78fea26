package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Winograd;
import dev.sinter.ir.rewrite.UseWinograd;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The algorithms by which clusters may be computed, and those that were chosen.
final class Algorithms {
    private final Graph graph;
    private final Target target;
    private final Set<Value> constants;
    private final Map<Node, Made> made = new IdentityHashMap<>();
    private final Map<Node, Node> chosen = new IdentityHashMap<>();

    /// A node in place of another.
    private record Made(Node original, UseWinograd rule) {}

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
            UseWinograd rule = new UseWinograd(algorithm);
            for (Node node : cluster.nodes()) {
                rule.instead(graph, node).ifPresent(instead -> {
                    constants.add(instead.input(1));
                    made.put(instead, new Made(node, rule));
                    all.add(cluster.with(node, instead));
                });
            }
        }
        return all;
    }

    /// Notes which of them it is to be.
    void choose(Cluster cluster) {
        cluster.nodes().stream()
                .filter(made::containsKey)
                .forEach(node -> chosen.put(Expect.present(made.get(node), node).original(), node));
    }

    /// The network with what was chosen in place.
    Graph graph() {
        if (chosen.isEmpty()) {
            return graph;
        }
        Map<Value, Tensor> all = new LinkedHashMap<>(graph.constants());
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes()) {
            Node instead = chosen.getOrDefault(node, node);
            nodes.add(instead);
            if (instead != node) {
                all.put(
                        instead.input(1),
                        Expect.present(made.get(instead), instead).rule().weights(graph, node));
            }
        }
        return graph.with(all, nodes);
    }
}
