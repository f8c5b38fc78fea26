package dev.sinter.ir.op;

/// What an operator is to fusion.
public enum Role {
    /// Each element by itself.
    ELEMENTWISE,
    /// Sums of products over whole dimensions: what a group is built around.
    CONTRACTION,
    /// A reduction over a small window that moves with the output.
    WINDOW,
    /// A reduction over whole dimensions that is no contraction.
    WHOLE,
    /// Elements in other places.
    MOVEMENT,
    /// The same bytes under another shape.
    RESHAPE
}
