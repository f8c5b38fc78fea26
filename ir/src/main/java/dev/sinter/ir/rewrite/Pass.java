package dev.sinter.ir.rewrite;

import dev.sinter.ir.graph.Graph;

/// A step from one valid graph to another that computes the same outputs. Immutable, and so safe to share.
///
/// A pass keeps the [dev.sinter.ir.graph.Value] of every tensor that it computes in another way, and makes new values
/// for new tensors.
public interface Pass {
    /// The short name by which the command line knows the pass, for example `fold-batch-norm`.
    String name();

    /// The graph after this pass; the very same object if there was nothing to do.
    Graph apply(Graph graph);
}
