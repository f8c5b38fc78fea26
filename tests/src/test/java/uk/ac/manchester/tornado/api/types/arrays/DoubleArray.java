package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.NullMarked;

/// What printed code sees of TornadoVM's class of this name.
@NullMarked
public final class DoubleArray extends TornadoNativeArray {
    private final MemorySegment segment;

    public DoubleArray(int elements) {
        this.segment = Arena.ofAuto().allocate(ValueLayout.JAVA_DOUBLE, elements);
    }

    @Override
    public MemorySegment getSegment() {
        return segment;
    }

    public double get(int index) {
        return segment.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
    }

    public void set(int index, double value) {
        segment.setAtIndex(ValueLayout.JAVA_DOUBLE, index, value);
    }
}
