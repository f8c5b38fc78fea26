package dev.sinter.ir.expr;

import dev.sinter.ir.type.ElementType;

/// A value with a name: computed once, however often formulas read it. Its identity is what counts.
public final class Binding {
    private final String name;
    private final Expr value;

    public Binding(String name, Expr value) {
        this.name = name;
        this.value = value;
    }

    /// For printing only.
    public String name() {
        return name;
    }

    public Expr value() {
        return value;
    }

    public ElementType type() {
        return value.type();
    }

    @Override
    public String toString() {
        return name;
    }
}
