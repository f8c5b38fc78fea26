package dev.sinter.ir.evaluate;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.BitSet;

/// The contents of a kernel's buffer while the kernel evaluator runs, and which of its elements anything wrote.
public final class HostMemory {
    private final ElementType type;
    private final long[] bits;
    private final BitSet written = new BitSet();

    private HostMemory(ElementType type, long elements) {
        this.type = type;
        this.bits = new long[Math.toIntExact(elements)];
    }

    /// Memory that nothing wrote to yet.
    public static HostMemory unwritten(ElementType type, long elements) {
        return new HostMemory(type, elements);
    }

    public static HostMemory ofFloats(float... values) {
        HostMemory memory = new HostMemory(ElementType.FLOAT32, values.length);
        for (int i = 0; i < values.length; i++) {
            memory.set(i, values[i]);
        }
        return memory;
    }

    /// A tensor laid out: its elements and the halo around them are written, lanes beyond a dimension's extent are not.
    ///
    /// @throws IllegalArgumentException if the tensor has another shape than the layout
    public static HostMemory of(Tensor tensor, Layout layout) {
        if (!tensor.shape().equals(layout.logical())) {
            throw new IllegalArgumentException("tensor " + tensor.type() + " for layout " + layout);
        }
        HostMemory memory = new HostMemory(tensor.type().element(), layout.elements());
        long[] strides = tensor.shape().strides();
        LayoutWalk.forEach(layout, (offset, coordinates) -> {
            switch (LayoutWalk.placeOf(layout, coordinates)) {
                case ELEMENT -> memory.copy(tensor, dot(coordinates, strides), offset);
                case HALO -> memory.set(offset, layout.fill());
                case NOTHING -> {}
            }
        });
        return memory;
    }

    private void copy(Tensor tensor, long from, long to) {
        if (type.isFloating()) {
            set(to, tensor.get(from));
        } else {
            setBits(to, tensor.getLong(from));
        }
    }

    private static long dot(long[] coordinates, long[] strides) {
        long sum = 0;
        for (int axis = 0; axis < strides.length; axis++) {
            sum += coordinates[axis] * strides[axis];
        }
        return sum;
    }

    /// The tensor that lies in this memory.
    public Tensor toTensor(Layout layout) {
        Tensor tensor = Tensor.allocate(new TensorType(type, layout.logical()));
        long[] strides = layout.logical().strides();
        LayoutWalk.forEach(layout, (offset, coordinates) -> {
            if (LayoutWalk.placeOf(layout, coordinates) == LayoutWalk.Place.ELEMENT) {
                copy(offset, tensor, dot(coordinates, strides));
            }
        });
        return tensor;
    }

    private void copy(long from, Tensor tensor, long to) {
        if (type.isFloating()) {
            tensor.set(to, get(from));
        } else {
            tensor.setLong(to, getBits(from));
        }
    }

    public ElementType type() {
        return type;
    }

    public long elements() {
        return bits.length;
    }

    public boolean isWritten(long offset) {
        return written.get(Math.toIntExact(offset));
    }

    public double get(long offset) {
        return RoundedArithmetic.toDouble(bits[Math.toIntExact(offset)], type);
    }

    /// Writes a value, rounded to the element type.
    public void set(long offset, double value) {
        setBits(offset, RoundedArithmetic.ofDouble(value, type));
    }

    /// What [RoundedArithmetic] calculates with.
    long getBits(long offset) {
        return bits[Math.toIntExact(offset)];
    }

    void setBits(long offset, long value) {
        bits[Math.toIntExact(offset)] = value;
        written.set(Math.toIntExact(offset));
    }

    /// Stores what depends on memory that nothing wrote.
    void setUndefined(long offset, long value) {
        bits[Math.toIntExact(offset)] = value;
        written.clear(Math.toIntExact(offset));
    }
}
