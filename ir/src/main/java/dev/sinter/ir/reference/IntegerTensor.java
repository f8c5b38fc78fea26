package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.numeric.TensorView;

/// The integers of a tensor in an array, with their bounds if any has one.
record IntegerTensor(long[] values, double[] bounds) {
    private static final double[] NONE = {};

    static IntegerTensor of(TensorView view) {
        long[] values = new long[Math.toIntExact(view.type().shape().elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = view.integer(i);
        }
        if (view.isExact()) {
            return new IntegerTensor(values, NONE);
        }
        double[] bounds = new double[values.length];
        view.readBounds(0, bounds);
        return new IntegerTensor(values, bounds);
    }

    double bound(int i) {
        return bounds.length == 0 ? 0 : bounds[i];
    }

    /// A sum of products, exact but for what the bounds of the factors may change; it wraps where it is stored.
    static final class Sum {
        private long value;
        private double spread;
        private double magnitude;

        void add(IntegerTensor a, int i, IntegerTensor b, int j) {
            value += a.values[i] * b.values[j];
            double left = a.bound(i);
            double right = b.bound(j);
            if (left > 0 || right > 0) {
                spread += Math.abs((double) a.values[i]) * right + Math.abs((double) b.values[j]) * left + left * right;
            }
            magnitude += Math.abs((double) a.values[i] * b.values[j]);
        }

        void add(TensorView x, long i) {
            add(x.integer(i), x.bound(i));
        }

        void add(long addend, double bound) {
            value += addend;
            spread += bound;
            magnitude += Math.abs((double) addend);
        }

        void times(long factor) {
            value *= factor;
            spread *= Math.abs((double) factor);
            magnitude *= Math.abs((double) factor);
        }

        /// What may wrap may be anything.
        void store(TensorView into, long i) {
            boolean mayWrap = spread > 0
                    && magnitude + spread > IntegerTypes.largest(into.type().element());
            boolean mayBeNegative = spread > 0 && IntegerTypes.least(into.type().element()) == 0 && value - spread < 0;
            into.setInteger(i, value, mayWrap || mayBeNegative ? Double.POSITIVE_INFINITY : spread);
        }
    }
}
