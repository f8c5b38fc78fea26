package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;

/// The oracle for elements that go where an index says.
public final class UnpoolReference {
    private UnpoolReference() {}

    public static void evaluate(TensorView x, TensorView indices, TensorView y) {
        long places = y.type().shape().elements();
        for (long i = 0; i < x.type().shape().elements(); i++) {
            long place = indices.integer(i);
            if (place >= 0 && place < places) {
                y.setFrom(place, x, i);
            }
        }
        for (long i = 0; i < x.type().shape().elements() && !indices.isExact(); i++) {
            double bound = indices.bound(i);
            double last = Math.min(places - 1.0, indices.integer(i) + bound);
            for (double other = Math.max(0, indices.integer(i) - bound); other <= last && bound > 0; other++) {
                OpenIndex.widen(y, (long) other, Double.POSITIVE_INFINITY);
            }
        }
    }
}
