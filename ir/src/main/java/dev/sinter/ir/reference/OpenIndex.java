package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import java.util.function.LongUnaryOperator;

/// What stands where an index says that may be another, as the place of the largest of nearly equal numbers may: any of
/// the elements at which it may stand.
final class OpenIndex {
    /// How many indices are tried.
    private static final double MOST = 1 << 16;

    private OpenIndex() {}

    /// Moves the element of `x` at an index to element `to` of `y`, with a bound within which lie all that it may be.
    ///
    /// @param bound of the index
    /// @param element the element's number, by its index
    static void move(TensorView x, long index, double bound, LongUnaryOperator element, TensorView y, long to) {
        long own = element.applyAsLong(index);
        y.setFrom(to, x, own);
        if (bound == 0) {
            return;
        }
        double spread = x.bound(own);
        for (double other = index - bound; other <= index + bound && 2 * bound < MOST; other++) {
            long place = element.applyAsLong((long) other);
            spread = Math.max(spread, Math.abs(x.value(place) - x.value(own)) + x.bound(place));
        }
        boolean known = 2 * bound < MOST && Double.isFinite(spread);
        widen(y, to, known ? spread : Double.POSITIVE_INFINITY);
    }

    /// Lets an element be as far from its value as `bound` says.
    static void widen(TensorView y, long i, double bound) {
        if (y.type().element().isFloating()) {
            y.set(i, y.value(i), bound);
        } else {
            y.setInteger(i, y.integer(i), bound);
        }
    }
}
