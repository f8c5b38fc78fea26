package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes away nodes and constants that no output of the graph depends on. Graph inputs stay: they are part of what the
/// caller was promised.
public record EliminateDeadCode() implements Pass {
    @Override
    public String name() {
        return "eliminate-dead";
    }

    @Override
    public Graph apply(Graph graph) {
        Set<Value> needed = new HashSet<>(graph.outputs());
        List<Node> nodes = new ArrayList<>();
        for (Node node : graph.nodes().reversed()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                nodes.add(node);
            }
        }
        Map<Value, Tensor> constants = new LinkedHashMap<>(graph.constants());
        constants.keySet().retainAll(needed);
        boolean unchanged = nodes.size() == graph.nodes().size()
                && constants.size() == graph.constants().size();
        return unchanged ? graph : graph.with(constants, nodes.reversed());
    }
}
