package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import java.util.Optional;

/// Takes away nodes whose output is their input, by their operator and its attributes alone.
public record RemoveIdentities() implements Rule {
    @Override
    public String name() {
        return "remove-identities";
    }

    @Override
    public Optional<Patch> apply(Graph graph, Node node) {
        return node.op().isIdentity(node.signature())
                ? Optional.of(Patch.forward(node.output(), node.input(0)))
                : Optional.empty();
    }
}
