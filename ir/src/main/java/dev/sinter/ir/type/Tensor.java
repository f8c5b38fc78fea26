package dev.sinter.ir.type;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.DoublePredicate;

/// A dense row-major tensor in host memory.
///
/// A tensor made by [#allocate(TensorType)] or one of the `of…` methods lives as long as it is reachable. One made in
/// an [Arena] lives as long as the arena: who opened the arena closes it.
public final class Tensor {
    private final TensorType type;
    private final MemorySegment data;

    private Tensor(TensorType type, MemorySegment data) {
        this.type = type;
        this.data = data;
    }

    /// A tensor of zeros that the garbage collector frees.
    public static Tensor allocate(TensorType type) {
        return allocate(type, Arena.ofAuto());
    }

    /// A tensor of zeros in memory owned by `arena`.
    public static Tensor allocate(TensorType type, Arena arena) {
        return new Tensor(type, arena.allocate(type.bytes(), 64));
    }

    /// A view of existing memory, which stays its owner's. The bytes are in the machine's order.
    ///
    /// @throws IllegalArgumentException if the memory has another size than the type
    public static Tensor of(TensorType type, MemorySegment data) {
        if (data.byteSize() != type.bytes()) {
            throw new IllegalArgumentException(
                    "memory of " + data.byteSize() + " bytes for " + type + ", which has " + type.bytes());
        }
        return new Tensor(type, data);
    }

    public static Tensor ofFloats(Shape shape, float... values) {
        Tensor tensor = allocate(new TensorType(ElementType.FLOAT32, shape));
        requireElements(shape, values.length);
        MemorySegment.copy(values, 0, tensor.data, ValueLayout.JAVA_FLOAT, 0, values.length);
        return tensor;
    }

    public static Tensor ofLongs(Shape shape, long... values) {
        Tensor tensor = allocate(new TensorType(ElementType.INT64, shape));
        requireElements(shape, values.length);
        MemorySegment.copy(values, 0, tensor.data, ValueLayout.JAVA_LONG, 0, values.length);
        return tensor;
    }

    public static Tensor filled(TensorType type, double value) {
        Tensor tensor = allocate(type);
        long elements = type.shape().elements();
        for (long i = 0; i < elements; i++) {
            tensor.set(i, value);
        }
        return tensor;
    }

    private static void requireElements(Shape shape, int found) {
        if (shape.elements() != found) {
            throw new IllegalArgumentException(found + " values for shape " + shape + " of " + shape.elements());
        }
    }

    public TensorType type() {
        return type;
    }

    public Shape shape() {
        return type.shape();
    }

    /// The elements' bytes, row-major, in the machine's byte order.
    public MemorySegment data() {
        return data;
    }

    /// Element `i` of the row-major order as a double; exact but for 64-bit integers beyond 2^53.
    public double get(long i) {
        return switch (type.element()) {
            case FLOAT32 -> data.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
            case FLOAT64 -> data.getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
            case FLOAT16 -> Float.float16ToFloat(data.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i));
            case UINT64 -> {
                long bits = getLong(i);
                yield bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
            }
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, BOOL -> getLong(i);
        };
    }

    /// True if `test` holds for every element as [#get(long)] has it.
    public boolean allMatch(DoublePredicate test) {
        long elements = shape().elements();
        for (long i = 0; i < elements; i++) {
            if (!test.test(get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Element `i` as a long; a fraction is cut off, an unsigned 64-bit integer keeps its bits. Any byte but zero
    /// counts as true, which is 1.
    public long getLong(long i) {
        return switch (type.element()) {
            case INT8 -> data.get(ValueLayout.JAVA_BYTE, i);
            case UINT8 -> data.get(ValueLayout.JAVA_BYTE, i) & 0xffL;
            case BOOL -> data.get(ValueLayout.JAVA_BYTE, i) != 0 ? 1 : 0;
            case INT16 -> data.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i);
            case UINT16 -> data.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i) & 0xffffL;
            case INT32 -> data.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i);
            case UINT32 -> data.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i) & 0xffffffffL;
            case INT64, UINT64 -> data.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i);
            case FLOAT16, FLOAT32, FLOAT64 -> (long) get(i);
        };
    }

    /// Stores a value, rounded to the element type.
    public void set(long i, double value) {
        switch (type.element()) {
            case FLOAT32 -> data.setAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i, (float) value);
            case FLOAT64 -> data.setAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i, value);
            case FLOAT16 -> data.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, Half.fromDouble(value));
            case BOOL -> setLong(i, value != 0 ? 1 : 0);
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> setLong(i, (long) value);
        }
    }

    /// Stores an integer, wrapped to the element type.
    public void setLong(long i, long value) {
        switch (type.element()) {
            case INT8, UINT8 -> data.set(ValueLayout.JAVA_BYTE, i, (byte) value);
            case BOOL -> data.set(ValueLayout.JAVA_BYTE, i, (byte) (value != 0 ? 1 : 0));
            case INT16, UINT16 -> data.setAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i, (short) value);
            case INT32, UINT32 -> data.setAtIndex(ValueLayout.JAVA_INT_UNALIGNED, i, (int) value);
            case INT64, UINT64 -> data.setAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, i, value);
            case FLOAT16, FLOAT32, FLOAT64 -> set(i, (double) value);
        }
    }

    /// The same memory seen under another shape of as many elements.
    public Tensor reshaped(Shape shape) {
        return of(type.withShape(shape), data);
    }

    /// The elements as floats, row-major, in an array of the caller's own.
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(shape().elements())];
        if (type.element() == ElementType.FLOAT32) {
            MemorySegment.copy(data, ValueLayout.JAVA_FLOAT_UNALIGNED, 0, values, 0, values.length);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) get(i);
        }
        return values;
    }

    /// The elements as longs, row-major, in an array of the caller's own.
    public long[] toLongs() {
        long[] values = new long[Math.toIntExact(shape().elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = getLong(i);
        }
        return values;
    }

    /// A copy with every element rounded to `element`, or this tensor if it has that type already.
    public Tensor converted(ElementType element) {
        if (element == type.element()) {
            return this;
        }
        Tensor copy = allocate(type.withElement(element));
        boolean integers = !type.element().isFloating() && !element.isFloating();
        long elements = shape().elements();
        for (long i = 0; i < elements; i++) {
            if (integers && element != ElementType.BOOL) {
                copy.setLong(i, getLong(i));
            } else {
                copy.set(i, get(i));
            }
        }
        return copy;
    }

    /// True if both have one type and the same bits.
    public boolean sameBits(Tensor other) {
        return type.equals(other.type) && data.mismatch(other.data) < 0;
    }

    @Override
    public String toString() {
        return "Tensor " + type;
    }
}
