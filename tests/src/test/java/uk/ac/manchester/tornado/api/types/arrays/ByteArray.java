package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.NullMarked;

/// What printed code sees of TornadoVM's class of this name.
@NullMarked
public final class ByteArray extends TornadoNativeArray {
    private final MemorySegment segment;

    public ByteArray(int elements) {
        this.segment = Arena.ofAuto().allocate(ValueLayout.JAVA_BYTE, elements);
    }

    @Override
    public MemorySegment getSegment() {
        return segment;
    }

    public byte get(int index) {
        return segment.getAtIndex(ValueLayout.JAVA_BYTE, index);
    }

    public void set(int index, byte value) {
        segment.setAtIndex(ValueLayout.JAVA_BYTE, index, value);
    }
}
