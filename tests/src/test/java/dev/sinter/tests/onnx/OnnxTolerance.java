package dev.sinter.tests.onnx;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// How far a result may lie from the one in ONNX's test: the oracle's own bound, and for f32 beyond it `relative` times
/// the expected magnitude, since the expected values were computed by NumPy, mostly in f32, with errors that nobody
/// wrote down.
@NullMarked
record OnnxTolerance(double relative) {
    /// Differences of results near zero, which have lost their leading digits.
    private static final double SMALLEST = 1e-7;

    private static final double BFLOAT16_ROUNDOFF = Math.scalb(1.0, -8);

    static OnnxTolerance of(String test) {
        if (test.equals("test_averagepool_2d_ceil_last_window_starts_on_pad")) {
            // Its expected values were written by hand, with four digits.
            return new OnnxTolerance(1e-3);
        }
        return new OnnxTolerance(test.contains("bfloat16") || test.contains("BFLOAT16") ? 2 * BFLOAT16_ROUNDOFF : 1e-5);
    }

    /// The first difference; empty if there is none.
    ///
    /// @param declared the type that the model gives the output, which the expected value was rounded to
    Optional<String> difference(TensorView found, Tensor expected, ElementType declared) {
        if (!found.type().equals(expected.type())) {
            return Optional.of("is expected as " + expected.type());
        }
        for (long i = 0; i < expected.shape().elements(); i++) {
            boolean same = declared.isFloating()
                    ? isNear(found.value(i), found.bound(i), expected.get(i), declared)
                    : Math.abs(found.integer(i) - expected.getLong(i)) <= found.bound(i);
            if (!same) {
                double value = declared.isFloating() ? found.value(i) : found.integer(i);
                return Optional.of("element " + i + " is " + value + " but expected " + expected.get(i));
            }
        }
        return Optional.empty();
    }

    private boolean isNear(double found, double bound, double expected, ElementType declared) {
        if (Double.isNaN(expected) || Double.isInfinite(expected)) {
            return Double.compare((float) found, expected) == 0;
        }
        double factor = Math.max(relative, 2 * declared.unitRoundoff());
        return Math.abs(found - expected) <= bound + factor * Math.abs(expected) + SMALLEST;
    }
}
