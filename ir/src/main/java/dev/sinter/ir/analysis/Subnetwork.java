package dev.sinter.ir.analysis;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The part of a network that some of its values need.
final class Subnetwork {
    private Subnetwork() {}

    /// The network with these outputs and nothing that they do not depend on.
    static Graph yielding(Graph graph, List<Value> outputs) {
        Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        needed.addAll(outputs);
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes().reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                nodes.add(node);
            }
        }
        Map<Value, Tensor> constants = new LinkedHashMap<>(graph.constants());
        constants.keySet().removeIf(value -> !needed.contains(value));
        List<Value> inputs = graph.inputs().stream().filter(needed::contains).toList();
        return new Graph(graph.name(), inputs, constants, nodes.reversed(), outputs);
    }
}
