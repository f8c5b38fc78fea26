package dev.sinter.ir.exec;

import dev.sinter.ir.type.ElementType;

/// In which precision a network of float32 is computed.
public enum Precision {
    /// As the network says.
    FLOAT32(ElementType.FLOAT32),
    /// In float16, but for what [dev.sinter.ir.rewrite.NarrowToHalf] leaves in float32.
    FLOAT16(ElementType.FLOAT16);

    private final ElementType element;

    Precision(ElementType element) {
        this.element = element;
    }

    @Override
    public String toString() {
        return element.text();
    }
}
