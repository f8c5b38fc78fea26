package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import java.util.Optional;

/// Says how one node can be computed in another way. A [RulePass] applies it wherever it matches.
///
/// A rule may look at the whole graph but speaks about `node` alone, and its patch reads only what stands before it.
/// What a value means never changes, so patches for several nodes of one graph go together in any order.
public interface Rule {
    /// The short name by which the command line knows the rule's pass, for example `fold-batch-norm`.
    String name();

    /// What to put in place of `node`; empty if the rule has nothing to say about it. It must have nothing to say about
    /// its own results, or it would be applied for ever.
    Optional<Patch> apply(Graph graph, Node node);
}
