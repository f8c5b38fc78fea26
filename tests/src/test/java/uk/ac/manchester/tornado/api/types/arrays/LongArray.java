package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.NullMarked;

/// What printed code sees of TornadoVM's class of this name.
@NullMarked
public final class LongArray extends TornadoNativeArray {
    private final MemorySegment segment;

    public LongArray(int elements) {
        this.segment = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, elements);
    }

    @Override
    public MemorySegment getSegment() {
        return segment;
    }

    public long get(int index) {
        return segment.getAtIndex(ValueLayout.JAVA_LONG, index);
    }

    public void set(int index, long value) {
        segment.setAtIndex(ValueLayout.JAVA_LONG, index, value);
    }
}
