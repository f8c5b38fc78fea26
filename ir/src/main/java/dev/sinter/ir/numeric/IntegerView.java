package dev.sinter.ir.numeric;

import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Integers in an array, wrapped to the element type. They match bit for bit, but for those that were made of numbers
/// with bounds and so may be others; while there is none there is no array of bounds.
final class IntegerView implements TensorView {
    private final TensorType type;
    private final long[] values;
    private volatile double @Nullable [] bounds;

    IntegerView(TensorType type) {
        this.type = type;
        this.values = new long[Math.toIntExact(type.shape().elements())];
    }

    @Override
    public TensorType type() {
        return type;
    }

    @Override
    public double value(long i) {
        return switch (type.element()) {
            case UINT64 -> {
                long bits = values[(int) i];
                yield bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
            }
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, BOOL -> values[(int) i];
            case FLOAT16, FLOAT32, FLOAT64 -> throw new AssertionError(type);
        };
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
        return values[(int) i];
    }

    @Override
    public void readValues(long start, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = value(start + i);
        }
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
        throw new UnsupportedOperationException(type + " holds integers only");
    }

    @Override
    public void setInteger(long i, long value) {
        setInteger(i, value, 0);
    }

    @Override
    public void setInteger(long i, long value, double bound) {
        values[(int) i] = wrapped(value);
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

    private long wrapped(long value) {
        return switch (type.element()) {
            case INT8 -> (byte) value;
            case INT16 -> (short) value;
            case INT32 -> (int) value;
            case UINT8 -> value & 0xffL;
            case BOOL -> value != 0 ? 1 : 0;
            case UINT16 -> value & 0xffffL;
            case UINT32 -> value & 0xffffffffL;
            case INT64, UINT64 -> value;
            case FLOAT16, FLOAT32, FLOAT64 -> throw new AssertionError(type);
        };
    }
}
