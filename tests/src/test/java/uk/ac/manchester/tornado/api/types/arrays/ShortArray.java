package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.NullMarked;

/// What printed code sees of TornadoVM's class of this name.
@NullMarked
public final class ShortArray extends TornadoNativeArray {
    private final MemorySegment segment;

    public ShortArray(int elements) {
        this.segment = Arena.ofAuto().allocate(ValueLayout.JAVA_SHORT, elements);
    }

    @Override
    public MemorySegment getSegment() {
        return segment;
    }

    public short get(int index) {
        return segment.getAtIndex(ValueLayout.JAVA_SHORT, index);
    }

    public void set(int index, short value) {
        segment.setAtIndex(ValueLayout.JAVA_SHORT, index, value);
    }
}
