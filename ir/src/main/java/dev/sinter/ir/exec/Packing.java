package dev.sinter.ir.exec;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Moves tensors between the dense row-major order of [Tensor] and the memory that a [Layout] describes.
public final class Packing {
    private final Layout layout;
    private final ElementType element;
    private final long[][] offsets;

    private Packing(Layout layout, ElementType element) {
        this.layout = layout;
        this.element = element;
        this.offsets = offsets(layout);
    }

    /// The size in bytes of the memory that a layout takes.
    public static long bytes(Layout layout, ElementType element) {
        return Math.multiplyExact(layout.elements(), element.bytes());
    }

    /// Fills all of `memory`, halo and unused lanes too, so that every element is defined.
    public static void clear(MemorySegment memory, Layout layout, ElementType element) {
        memory.fill((byte) 0);
        if (layout.hasHalo() && layout.fill() != 0) {
            Tensor all = Tensor.of(TensorType.of(element, layout.elements()), memory);
            for (long i = 0; i < layout.elements(); i++) {
                all.set(i, layout.fill());
            }
        }
    }

    /// For moving tensors of one layout again and again.
    public static Packing of(Layout layout, ElementType element) {
        return new Packing(layout, element);
    }

    /// Copies a tensor in row-major order into memory; what belongs to no element keeps its content.
    public void pack(MemorySegment dense, MemorySegment memory) {
        copy(dense, memory, true);
    }

    /// Copies the tensor that lies in `memory` out of it, in row-major order.
    public void unpack(MemorySegment memory, MemorySegment dense) {
        copy(dense, memory, false);
    }

    /// Copies a tensor into memory of that layout; what belongs to no element keeps its content.
    public static void pack(Tensor tensor, Layout layout, MemorySegment memory) {
        new Packing(layout, tensor.type().element()).copy(tensor.data(), memory, true);
    }

    /// Copies the tensor that lies in `memory` out of it.
    public static Tensor unpack(MemorySegment memory, Layout layout, ElementType element) {
        Tensor tensor = Tensor.allocate(new TensorType(element, layout.logical()));
        new Packing(layout, element).copy(tensor.data(), memory, false);
        return tensor;
    }

    /// For each axis and coordinate what it adds to the offset: parts look at one axis each, so offsets add up.
    private static long[][] offsets(Layout layout) {
        Shape shape = layout.logical();
        long[][] offsets = new long[shape.rank()][];
        for (int axis = 0; axis < shape.rank(); axis++) {
            offsets[axis] = new long[Math.toIntExact(shape.dim(axis))];
        }
        long stride = 1;
        for (Layout.Part part : layout.parts().reversed()) {
            long[] own = offsets[part.axis()];
            for (int x = 0; x < own.length; x++) {
                long position = (x + part.before() + layout.shift(part.axis())) / part.divisor();
                own[x] += stride * (part.wraps() ? position % part.extent() : position);
            }
            stride *= part.extent();
        }
        return offsets;
    }

    private void copy(MemorySegment dense, MemorySegment memory, boolean in) {
        Shape shape = layout.logical();
        if (shape.elements() == 0) {
            return;
        }
        if (layout.isRowMajor()) {
            MemorySegment.copy(in ? dense : memory, 0, in ? memory : dense, 0, dense.byteSize());
            return;
        }
        int last = shape.rank() - 1;
        long columns = shape.dim(last);
        long rows = shape.elements() / columns;
        boolean adjacent = isAdjacent(offsets[last]);
        long[] coordinates = new long[shape.rank()];
        for (long row = 0; row < rows; row++) {
            long base = 0;
            for (int axis = 0; axis < last; axis++) {
                base += offsets[axis][(int) coordinates[axis]];
            }
            if (adjacent) {
                long from = row * columns * element.bytes();
                long to = (base + offsets[last][0]) * element.bytes();
                long bytes = columns * element.bytes();
                MemorySegment.copy(in ? dense : memory, in ? from : to, in ? memory : dense, in ? to : from, bytes);
            } else {
                row(dense, row * columns, memory, base, in);
            }
            for (int axis = last - 1; axis >= 0 && ++coordinates[axis] == shape.dim(axis); axis--) {
                coordinates[axis] = 0;
            }
        }
    }

    private static boolean isAdjacent(long[] offsets) {
        for (int i = 1; i < offsets.length; i++) {
            if (offsets[i] != offsets[i - 1] + 1) {
                return false;
            }
        }
        return true;
    }

    private void row(MemorySegment dense, long from, MemorySegment memory, long base, boolean in) {
        long[] columns = offsets[offsets.length - 1];
        MemorySegment source = in ? dense : memory;
        MemorySegment sink = in ? memory : dense;
        for (int x = 0; x < columns.length; x++) {
            long read = in ? from + x : base + columns[x];
            long write = in ? base + columns[x] : from + x;
            switch (element.bytes()) {
                case 4 ->
                    sink.setAtIndex(
                            ValueLayout.JAVA_INT_UNALIGNED,
                            write,
                            source.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, read));
                case 8 ->
                    sink.setAtIndex(
                            ValueLayout.JAVA_LONG_UNALIGNED,
                            write,
                            source.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, read));
                case 2 ->
                    sink.setAtIndex(
                            ValueLayout.JAVA_SHORT_UNALIGNED,
                            write,
                            source.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, read));
                default -> sink.set(ValueLayout.JAVA_BYTE, write, source.get(ValueLayout.JAVA_BYTE, read));
            }
        }
    }
}
