package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.NullMarked;

/// What printed code sees of TornadoVM's class of this name.
@NullMarked
public final class IntArray extends TornadoNativeArray {
    private final MemorySegment segment;

    public IntArray(int elements) {
        this.segment = Arena.ofAuto().allocate(ValueLayout.JAVA_INT, elements);
    }

    @Override
    public MemorySegment getSegment() {
        return segment;
    }

    public int get(int index) {
        return segment.getAtIndex(ValueLayout.JAVA_INT, index);
    }

    public void set(int index, int value) {
        segment.setAtIndex(ValueLayout.JAVA_INT, index, value);
    }
}
