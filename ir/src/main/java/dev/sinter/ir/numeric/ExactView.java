package dev.sinter.ir.numeric;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// A tensor's own elements, without error. Read-only.
final class ExactView implements TensorView {
    private final Tensor tensor;

    ExactView(Tensor tensor) {
        this.tensor = shareable(tensor);
    }

    /// Operators read from many threads, which memory of a confined arena does not let them.
    private static Tensor shareable(Tensor tensor) {
        if (tensor.data().isAccessibleBy(Thread.ofPlatform().unstarted(() -> {}))) {
            return tensor;
        }
        Tensor copy = Tensor.allocate(tensor.type());
        copy.data().copyFrom(tensor.data());
        return copy;
    }

    @Override
    public TensorType type() {
        return tensor.type();
    }

    @Override
    public double value(long i) {
        return tensor.get(i);
    }

    @Override
    public double bound(long i) {
        return Double.isNaN(tensor.get(i)) ? Double.NaN : 0;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public long integer(long i) {
        return tensor.getLong(i);
    }

    @Override
    public void readValues(long start, double[] values) {
        if (type().element() == ElementType.FLOAT32) {
            float[] floats = new float[values.length];
            MemorySegment.copy(
                    tensor.data(), ValueLayout.JAVA_FLOAT_UNALIGNED, start * Float.BYTES, floats, 0, floats.length);
            for (int i = 0; i < values.length; i++) {
                values[i] = floats[i];
            }
            return;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(start + i);
        }
    }

    @Override
    public void readBounds(long start, double[] bounds) {
        Arrays.fill(bounds, 0);
    }

    @Override
    public void set(long i, double value, double bound) {
        throw new UnsupportedOperationException("a view of a tensor is read-only");
    }

    @Override
    public void setInteger(long i, long value) {
        throw new UnsupportedOperationException("a view of a tensor is read-only");
    }

    @Override
    public void setInteger(long i, long value, double bound) {
        throw new UnsupportedOperationException("a view of a tensor is read-only");
    }
}
