package dev.sinter.ir.kernel;

import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.type.ElementType;
import java.util.List;

/// A small array inside a kernel: private to one work-item, or shared by a work-group. Each element has `lanes` numbers
/// side by side. Its identity is what counts.
public final class KernelArray {
    private final String name;
    private final ElementType element;
    private final List<Long> extents;
    private final int lanes;
    private final boolean shared;

    /// @param memory registers or local memory
    public KernelArray(String name, ElementType element, List<Long> extents, int lanes, Memory memory) {
        this.name = name;
        this.element = element;
        this.extents = List.copyOf(extents);
        this.lanes = lanes;
        this.shared = switch (memory) {
            case Memory.Registers() -> false;
            case Memory.Local() -> true;
            case Memory.Buffer(), Memory.Channel _ ->
                throw new IllegalArgumentException(name + " is an array of a kernel but in " + memory);
        };
    }

    /// An array in registers.
    public KernelArray(String name, ElementType element, List<Long> extents, int lanes) {
        this(name, element, extents, lanes, Memory.REGISTERS);
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

    /// True if all work-items of a work-group see the same elements.
    public boolean isShared() {
        return shared;
    }

    public long elements() {
        return extents.stream().reduce(1L, (a, b) -> a * b);
    }

    public long bytes() {
        return elements() * lanes * element.bytes();
    }

    @Override
    public String toString() {
        return name;
    }
}
