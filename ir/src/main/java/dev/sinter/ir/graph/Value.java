package dev.sinter.ir.graph;

import dev.sinter.ir.expr.Source;
import dev.sinter.ir.type.TensorType;

/// A tensor that flows through a graph. Its identity is what counts; the name is for people.
///
/// What a value means never changes: a pass that computes the same tensor in another way keeps the value, and one that
/// computes another tensor makes a new value. So a value that stands in an imported graph and in a compiled one is the
/// same tensor, and the oracle can judge one by the other.
public final class Value implements Source {
    private final String name;
    private final TensorType type;

    /// @throws dev.sinter.ir.diag.CompileException if the tensor has more elements than a network can compute with
    public Value(String name, TensorType type) {
        this.name = name;
        this.type = type.requireComputable(name);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TensorType type() {
        return type;
    }

    @Override
    public String toString() {
        return "%" + name + ": " + type;
    }
}
