package dev.sinter.ir.expr;

import dev.sinter.ir.type.TensorType;

/// A tensor in memory that a stage can read. Its identity is what counts.
public interface Source {
    String name();

    TensorType type();
}
