package dev.sinter.ir.kernel;

import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.type.ElementType;
import java.util.List;
import java.util.OptionalInt;

/// A small array inside a kernel: private to one work-item, or shared by a work-group. Each element has `lanes` numbers
/// side by side. Its identity is what counts.
public final class KernelArray {
    private final String name;
    private final ElementType element;
    private final List<Long> extents;
    private final int lanes;
    private final boolean shared;
    private final OptionalInt ring;

    /// @param memory registers or local memory
    /// @param ring the axis along which coordinates come round again, if there is one
    public KernelArray(
            String name, ElementType element, List<Long> extents, int lanes, Memory memory, OptionalInt ring) {
        this.name = name;
        this.element = element;
        this.extents = List.copyOf(extents);
        this.lanes = lanes;
        this.ring = ring;
        this.shared = switch (memory) {
            case Memory.Registers() -> false;
            case Memory.Local() -> true;
            case Memory.Buffer(), Memory.Channel _ ->
                throw new IllegalArgumentException(name + " is an array of a kernel but in " + memory);
        };
    }

    /// An array in registers.
    public KernelArray(String name, ElementType element, List<Long> extents, int lanes) {
        this(name, element, extents, lanes, Memory.REGISTERS, OptionalInt.empty());
    }

    /// An array like this one under another name.
    public KernelArray named(String other) {
        return new KernelArray(other, element, extents, lanes, shared ? Memory.LOCAL : Memory.REGISTERS, ring);
    }

    /// An array of single numbers like this one, of other extents.
    public KernelArray withExtents(List<Long> others) {
        return new KernelArray(name, element, others, 1, shared ? Memory.LOCAL : Memory.REGISTERS, ring);
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

    /// The axis that is a ring: the element at a coordinate is the one at that coordinate modulo the extent, if no
    /// later one has taken its place.
    public OptionalInt ring() {
        return ring;
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
