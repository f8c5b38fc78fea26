package dev.sinter.ir.expr;

import dev.sinter.ir.type.ElementType;
import java.util.List;

/// A small array in registers, private to one work-item. Each element has `lanes` numbers side by side. Its identity is
/// what counts.
public final class RegisterArray {
    private final String name;
    private final ElementType element;
    private final List<Long> extents;
    private final int lanes;

    public RegisterArray(String name, ElementType element, List<Long> extents, int lanes) {
        this.name = name;
        this.element = element;
        this.extents = List.copyOf(extents);
        this.lanes = lanes;
    }

    public String name() {
        return name;
    }

    public ElementType element() {
        return element;
    }

    public List<Long> extents() {
        return extents;
    }

    public int lanes() {
        return lanes;
    }

    public long elements() {
        return extents.stream().reduce(1L, (a, b) -> a * b);
    }

    @Override
    public String toString() {
        return name;
    }
}
