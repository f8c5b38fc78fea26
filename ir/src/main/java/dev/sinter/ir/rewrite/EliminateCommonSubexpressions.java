package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Computes once what was computed several times: nodes of equal operators that read the same values. Of equal small
/// constants one is kept.
public record EliminateCommonSubexpressions() implements Pass {
    @Override
    public String name() {
        return "eliminate-common";
    }

    @Override
    public Graph apply(Graph graph) {
        Rewrite rewrite = new Rewrite(graph);
        ExpressionTable table = new ExpressionTable();
        graph.constants()
                .forEach((value, tensor) ->
                        table.earlier(value, tensor).ifPresent(earlier -> rewrite.merge(value, earlier)));
        for (Node node : graph.nodes()) {
            List<Value> inputs = node.inputs().stream().map(rewrite::resolve).toList();
            table.earlier(node, inputs).ifPresent(earlier -> rewrite.replace(node, sameAs(node, earlier)));
        }
        return rewrite.finish();
    }

    private static Patch sameAs(Node node, Node earlier) {
        Map<Value, Value> same = new LinkedHashMap<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            same.put(node.outputs().get(i), earlier.outputs().get(i));
        }
        return new Patch(List.of(), Map.of(), same);
    }
}
