package dev.sinter.backend.jvm;

import dev.sinter.ir.type.ElementType;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;

/// Arrays as the memory of tensors.
final class HeapArrays {
    /// Virtual machines reserve a few words of the largest arrays.
    static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    private HeapArrays() {}

    static Object allocate(ElementType element, long elements) {
        Class<?> component = JvmTypes.arrayType(element).componentType();
        return Array.newInstance(component, Math.toIntExact(elements));
    }

    static MemorySegment segment(Object array) {
        return switch (array) {
            case float[] floats -> MemorySegment.ofArray(floats);
            case double[] doubles -> MemorySegment.ofArray(doubles);
            case long[] longs -> MemorySegment.ofArray(longs);
            case int[] ints -> MemorySegment.ofArray(ints);
            case short[] shorts -> MemorySegment.ofArray(shorts);
            case byte[] bytes -> MemorySegment.ofArray(bytes);
            default -> throw new IllegalArgumentException(array.getClass() + " holds no tensor");
        };
    }
}
