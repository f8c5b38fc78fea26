package dev.sinter.ir.expr;

import dev.sinter.ir.type.ElementType;

/// A stretch of device memory as a kernel sees it. Its identity is what counts.
///
/// `elements` is how many elements the kernel may touch.
public final class Buffer {
    private final String name;
    private final ElementType element;
    private final long elements;

    public Buffer(String name, ElementType element, long elements) {
        this.name = name;
        this.element = element;
        this.elements = elements;
    }

    public String name() {
        return name;
    }

    public ElementType element() {
        return element;
    }

    public long elements() {
        return elements;
    }

    @Override
    public String toString() {
        return name;
    }
}
