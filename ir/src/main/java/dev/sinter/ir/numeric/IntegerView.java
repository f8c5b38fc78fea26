package dev.sinter.ir.numeric;

import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Integers in an array, wrapped to the element type. They have no bounds: integers match bit for bit, or are one of
/// several that are possible.
final class IntegerView implements TensorView {
    private final TensorType type;
    private final long[] values;
    private final Map<Long, long[]> open = new ConcurrentHashMap<>();

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
        return values[(int) i];
    }

    @Override
    public double bound(long i) {
        return 0;
    }

    @Override
    public boolean isExact() {
        return open.isEmpty();
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
        Arrays.fill(into, 0);
    }

    @Override
    public void set(long i, double value, double bound) {
        throw new UnsupportedOperationException(type + " holds integers only");
    }

    @Override
    public void setInteger(long i, long value) {
        values[(int) i] = wrapped(value);
    }

    @Override
    public void setInteger(long i, long value, long[] possible) {
        setInteger(i, value);
        open.put(i, possible.clone());
    }

    @Override
    public boolean isPossible(long i, long found) {
        long[] possible = open.get(i);
        return values[(int) i] == found || possible != null && Arrays.stream(possible).anyMatch(one -> one == found);
    }

    private long wrapped(long value) {
        return switch (type.element()) {
            case INT8 -> (byte) value;
            case INT16 -> (short) value;
            case INT32 -> (int) value;
            case UINT8, BOOL -> value & 0xffL;
            case UINT16 -> value & 0xffffL;
            case UINT32 -> value & 0xffffffffL;
            case INT64, UINT64 -> value;
            case FLOAT16, FLOAT32, FLOAT64 -> throw new AssertionError(type);
        };
    }
}
