package dev.sinter.ir.numeric;

import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values and bounds in arrays. While every bound is zero there is no array of bounds.
final class BoundedView implements TensorView {
    private final TensorType type;
    private final double[] values;
    private volatile double @Nullable [] bounds;

    BoundedView(TensorType type) {
        this.type = type;
        this.values = new double[Math.toIntExact(type.shape().elements())];
    }

    @Override
    public TensorType type() {
        return type;
    }

    @Override
    public double value(long i) {
        return values[(int) i];
    }

    @Override
    public double bound(long i) {
        double[] known = bounds;
        return known == null ? 0 : known[(int) i];
    }

    @Override
    public boolean isExact() {
        return bounds == null;
    }

    @Override
    public long integer(long i) {
        throw new UnsupportedOperationException(type + " holds no integers");
    }

    @Override
    public void readValues(long start, double[] into) {
        System.arraycopy(values, (int) start, into, 0, into.length);
    }

    @Override
    public void readBounds(long start, double[] into) {
        double[] known = bounds;
        if (known == null) {
            Arrays.fill(into, 0);
        } else {
            System.arraycopy(known, (int) start, into, 0, into.length);
        }
    }

    @Override
    public void set(long i, double value, double bound) {
        values[(int) i] = value;
        double[] known = bounds;
        if (known != null) {
            known[(int) i] = bound;
        } else if (bound != 0) {
            allocatedBounds()[(int) i] = bound;
        }
    }

    /// One array for all writers, whoever comes first.
    private synchronized double[] allocatedBounds() {
        double[] known = bounds;
        if (known == null) {
            known = new double[values.length];
            bounds = known;
        }
        return known;
    }

    @Override
    public void setInteger(long i, long value) {
        throw new UnsupportedOperationException(type + " holds no integers");
    }

    @Override
    public void setInteger(long i, long value, double bound) {
        throw new UnsupportedOperationException(type + " holds no integers");
    }
}
