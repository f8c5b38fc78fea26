package dev.sinter.cli.conformance;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.OptionalLong;
import java.util.Set;

/// How far a result may lie from the one in a case: the oracle's own bound for f32, and beyond it `relative` times the
/// expected magnitude, since the expected values were computed by NumPy, mostly in f32, with errors that nobody wrote
/// down.
public record ExpectedTolerance(double relative) {
    /// Differences of results near zero, which have lost their leading digits.
    private static final double SMALLEST = 1e-7;

    private static final double BFLOAT16_ROUNDOFF = Math.scalb(1.0, -8);

    /// Whose expected values were written by hand, with four digits.
    private static final Set<String> HAND_WRITTEN = Set.of(
            "test_averagepool_2d_ceil_last_window_starts_on_pad",
            "test_gridsample_bicubic",
            "test_roialign_aligned_false");

    public static ExpectedTolerance of(String test) {
        if (HAND_WRITTEN.contains(test)) {
            return new ExpectedTolerance(1e-3);
        }
        return new ExpectedTolerance(
                test.contains("bfloat16") || test.contains("BFLOAT16") ? 2 * BFLOAT16_ROUNDOFF : 1e-5);
    }

    /// The number of the first element that differs; empty if none does.
    ///
    /// @param oracle says how far each element of `found` may be off
    /// @param declared the type that the model gives the output, which the expected value was rounded to
    public OptionalLong firstDifference(Tensor found, TensorView oracle, Tensor expected, ElementType declared) {
        long elements = expected.shape().elements();
        for (long i = 0; i < elements; i++) {
            boolean same = declared.isFloating()
                    ? isNear(found.get(i), oracle.bound(i), expected.get(i), declared)
                    : Math.abs(found.getLong(i) - expected.getLong(i)) <= oracle.bound(i);
            if (!same) {
                return OptionalLong.of(i);
            }
        }
        return OptionalLong.empty();
    }

    private boolean isNear(double found, double bound, double expected, ElementType declared) {
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            return Double.compare((float) found, expected) == 0;
        }
        return Math.abs(found - expected) <= bound(bound, expected, declared);
    }

    /// @param bound the oracle's
    double bound(double bound, double expected, ElementType declared) {
        if (!declared.isFloating()) {
            return bound;
        }
        double factor = Math.max(relative, 2 * declared.unitRoundoff());
        return bound + factor * Math.abs(expected) + SMALLEST;
    }
}
