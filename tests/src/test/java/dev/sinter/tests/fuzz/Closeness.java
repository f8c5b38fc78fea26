package dev.sinter.tests.fuzz;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// How close the outputs of a whole network must be to what the oracle says.
///
/// @param bounds how many times what the oracle's bounds add up to
/// @param scale how much of the largest element, beyond that; none for integers
@NullMarked
record Closeness(double bounds, double scale) {
    /// Kernels of our own, whose arithmetic is the oracle's.
    static final Closeness OURS = new Closeness(1, 0);

    /// ONNX Runtime's functions are approximations of their own, whose errors OpenCL's limits do not bound, and its
    /// sums have an order of their own. What is meant to be found are operators understood in another way, whose
    /// results differ in the first digits.
    static final Closeness THEIRS = new Closeness(8, 2e-5);

    /// What depends on constants alone, the importer computes in double: the oracle then does not know how far ONNX
    /// Runtime may be off there. Nor does it where a number is rounded to half precision that ONNX Runtime has a little
    /// to the other side of a tie.
    static final Closeness ROUGHLY_THEIRS = new Closeness(100, 2e-3);

    /// What its sigmoid takes for 0.
    private static final double NOTHING = 1e-7;

    private boolean isOurs() {
        return equals(OURS);
    }

    /// The first element that is too far off; empty if none is.
    Optional<String> furthest(Map<String, TensorView> oracle, Map<String, Tensor> results) {
        for (Map.Entry<String, TensorView> output : oracle.entrySet()) {
            Tensor result = results.get(output.getKey());
            if (result == null) {
                return Optional.of("there is no output " + output.getKey());
            }
            Optional<String> far = furthest(output.getValue(), result);
            if (far.isPresent()) {
                return far.map(text -> "output " + output.getKey() + " " + text);
            }
        }
        return Optional.empty();
    }

    private Optional<String> furthest(TensorView oracle, Tensor result) {
        ElementType element = result.type().element();
        // Half precision is computed in f32.
        boolean alike = element.isFloating()
                ? oracle.type().element() == ElementType.FLOAT32
                : oracle.type().element() == element;
        if (!alike || !oracle.type().shape().equals(result.type().shape())) {
            return Optional.of("is " + result.type() + " but the oracle has " + oracle.type());
        }
        double largest = 0;
        for (long i = 0; i < result.shape().elements(); i++) {
            largest = Double.isFinite(oracle.value(i)) ? Math.max(largest, Math.abs(oracle.value(i))) : largest;
        }
        for (long i = 0; i < result.shape().elements(); i++) {
            double bound = oracle.bound(i);
            double allowed = isOurs() || !element.isFloating() ? bound : bounds * bound + scale * largest + NOTHING;
            // ONNX Runtime takes the lowest number there is for the maximum of padding alone.
            boolean ofNothing =
                    !isOurs() && oracle.value(i) == Double.NEGATIVE_INFINITY && result.get(i) == -Float.MAX_VALUE;
            if (!ofNothing && isBeyond(result.get(i), oracle.value(i), allowed)) {
                return Optional.of("has " + result.get(i) + " in place " + i + " but the oracle " + oracle.value(i)
                        + " ± " + bound + ", " + result.type());
            }
        }
        return Optional.empty();
    }

    private static boolean isBeyond(double found, double expected, double allowed) {
        if (allowed == Double.POSITIVE_INFINITY || Double.compare(found, expected) == 0) {
            return false;
        }
        return !(Math.abs(found - expected) <= allowed);
    }
}
