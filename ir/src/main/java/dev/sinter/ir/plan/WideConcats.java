package dev.sinter.ir.plan;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Concat;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.List;

/// Joins many tensors in several steps, where one kernel could not take them all.
final class WideConcats {
    private final int most;
    private final List<Node> nodes = new ArrayList<>();

    private WideConcats(int most) {
        this.most = most;
    }

    static Graph split(Graph graph, Target.Limits limits) {
        // One argument is for the result.
        int most = limits.arguments() - 1;
        boolean wide = graph.nodes().stream()
                .anyMatch(node -> node.op() instanceof Concat && node.inputs().size() > most);
        if (!wide) {
            return graph;
        }
        WideConcats concats = new WideConcats(most);
        graph.nodes().forEach(concats::add);
        return graph.with(graph.constants(), concats.nodes);
    }

    private void add(Node node) {
        if (!(node.op() instanceof Concat concat) || node.inputs().size() <= most) {
            nodes.add(node);
            return;
        }
        List<Value> pieces = node.inputs();
        for (int round = 1; pieces.size() > most; round++) {
            pieces = joined(node.name() + ".part" + round, concat, pieces);
        }
        nodes.add(node.withInputs(pieces));
    }

    private List<Value> joined(String name, Concat concat, List<Value> pieces) {
        List<Value> joined = new ArrayList<>();
        for (int first = 0; first < pieces.size(); first += most) {
            List<Value> some = pieces.subList(first, Math.min(pieces.size(), first + most));
            if (some.size() == 1) {
                joined.add(some.getFirst());
                continue;
            }
            Node part = Node.infer(name + "." + joined.size(), concat, some);
            nodes.add(part);
            joined.add(part.output());
        }
        return joined;
    }
}
