package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;

/// Functions of two integers that may be others than they are: any value that the function takes may come out.
final class IntegerBounds {
    /// How many pairs of operands are tried.
    private static final double MOST_PAIRS = 1 << 12;

    private IntegerBounds() {}

    static void store(
            IntegerFunctions functions,
            IntegerFunctions.OfTwo function,
            TensorView left,
            long i,
            TensorView right,
            long j,
            TensorView into,
            long at) {
        long a = left.integer(i);
        long b = right.integer(j);
        double leftBound = left.bound(i);
        double rightBound = right.bound(j);
        long result = function.apply(functions, a, b);
        into.setInteger(at, result);
        if (leftBound == 0 && rightBound == 0) {
            return;
        }
        if (!((2 * leftBound + 1) * (2 * rightBound + 1) <= MOST_PAIRS)) {
            into.setInteger(at, result, Double.POSITIVE_INFINITY);
            return;
        }
        // Each is stored, so that it wraps as the element type does.
        double value = into.value(at);
        double bound = 0;
        for (long p = a - (long) leftBound; p <= a + (long) leftBound; p++) {
            for (long q = b - (long) rightBound; q <= b + (long) rightBound; q++) {
                into.setInteger(at, function.apply(functions, p, q));
                bound = Math.max(bound, Math.abs(into.value(at) - value));
            }
        }
        into.setInteger(at, result, bound);
    }
}
