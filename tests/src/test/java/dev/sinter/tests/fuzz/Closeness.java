package dev.sinter.tests.fuzz;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/// Whether the outputs of a whole network are what the oracle says, within what its bounds add up to.
@NullMarked
final class Closeness {
    /// ONNX Runtime's functions are approximations of their own, whose errors OpenCL's limits do not bound, and its
    /// sums have an order of their own. What is meant to be found are operators understood in another way, whose
    /// results differ in the first digits.
    private static final double SLACK = 8;

    private static final double SLACK_OF_SCALE = 2e-5;

    private Closeness() {}

    /// The element that is furthest beyond; empty if none is.
    ///
    /// @param loosely for results of another program, whose arithmetic the oracle's bounds do not cover
    static Optional<String> furthest(Map<String, TensorView> oracle, Map<String, Tensor> results, boolean loosely) {
        for (Map.Entry<String, TensorView> output : oracle.entrySet()) {
            Tensor result = results.get(output.getKey());
            if (result == null) {
                return Optional.of("there is no output " + output.getKey());
            }
            Optional<String> far = furthest(output.getValue(), result, loosely);
            if (far.isPresent()) {
                return far.map(text -> "output " + output.getKey() + " " + text);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> furthest(TensorView oracle, Tensor result, boolean loosely) {
        // Half precision is computed in f32.
        boolean alike = result.type().element().isFloating()
                ? oracle.type().element() == ElementType.FLOAT32
                : oracle.type().element() == result.type().element();
        if (!alike || !oracle.type().shape().equals(result.type().shape())) {
            return Optional.of("is " + result.type() + " but the oracle has " + oracle.type());
        }
        double scale = 0;
        for (long i = 0; i < result.shape().elements(); i++) {
            scale = Double.isFinite(oracle.value(i)) ? Math.max(scale, Math.abs(oracle.value(i))) : scale;
        }
        for (long i = 0; i < result.shape().elements(); i++) {
            double bound = oracle.bound(i);
            double allowed = bound == 0 || !loosely || !result.type().element().isFloating()
                    ? bound
                    : SLACK * bound + SLACK_OF_SCALE * scale;
            // What a maximum or a comparison does to NaN, ONNX leaves open.
            boolean finite = Double.isFinite(result.get(i)) && Double.isFinite(oracle.value(i));
            if ((finite || !loosely) && isBeyond(result.get(i), oracle.value(i), allowed)) {
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
