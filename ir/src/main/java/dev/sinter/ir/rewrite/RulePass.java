package dev.sinter.ir.rewrite;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;

/// Applies one rule until it matches nowhere. Each sweep over the graph applies all patches that the rule has for it,
/// so that a network of a thousand nodes takes a few sweeps, not one per match.
public record RulePass(Rule rule) implements Pass {
    @Override
    public String name() {
        return rule.name();
    }

    @Override
    public Graph apply(Graph graph) {
        int sweeps = 100 + 2 * graph.nodes().size();
        Graph before = graph;
        for (int sweep = 0; sweep < sweeps; sweep++) {
            Graph after = sweep(before);
            if (after == before) {
                return after;
            }
            before = after;
        }
        throw new CompilerFault(
                "rule " + name() + " still matches in " + graph.name() + " after " + sweeps + " sweeps");
    }

    private Graph sweep(Graph graph) {
        Rewrite rewrite = new Rewrite(graph);
        for (Node node : graph.nodes()) {
            rule.apply(graph, node).ifPresent(patch -> rewrite.replace(node, patch));
        }
        return rewrite.finish();
    }
}
