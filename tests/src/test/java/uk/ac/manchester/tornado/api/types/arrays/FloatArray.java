package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.NullMarked;

/// What printed code sees of TornadoVM's class of this name.
@NullMarked
public final class FloatArray extends TornadoNativeArray {
    private final MemorySegment segment;

    public FloatArray(int elements) {
        this.segment = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, elements);
    }

    @Override
    public MemorySegment getSegment() {
        return segment;
    }

    public float get(int index) {
        return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    public void set(int index, float value) {
        segment.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
    }
}
