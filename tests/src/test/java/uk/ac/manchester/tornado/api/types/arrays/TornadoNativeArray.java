package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.NullMarked;

/// What all of TornadoVM's arrays have.
@NullMarked
public abstract sealed class TornadoNativeArray
        permits FloatArray, DoubleArray, ByteArray, ShortArray, IntArray, LongArray {
    /// The memory of the elements.
    public abstract MemorySegment getSegment();
}
