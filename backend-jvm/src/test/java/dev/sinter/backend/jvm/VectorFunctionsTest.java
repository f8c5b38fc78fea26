package dev.sinter.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class VectorFunctionsTest {
    /// A prime, so that all kinds of significands are seen.
    private static final int EVERY = 10_007;

    @Test
    void exp_is_right_to_a_unit_in_the_last_place() {
        assertWithin(1, VectorFunctions::exp, Math::exp);
    }

    @Test
    void tanh_is_right_to_two_units_in_the_last_place() {
        assertWithin(2, VectorFunctions::tanh, Math::tanh);
    }

    private static void assertWithin(double ulps, UnaryOperator<FloatVector> function, DoubleUnaryOperator exact) {
        float[] x = new float[FloatVector.SPECIES_256.length()];
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += (long) EVERY * x.length) {
            for (int lane = 0; lane < x.length; lane++) {
                x[lane] = Float.intBitsToFloat((int) (bits + (long) lane * EVERY));
            }
            float[] found = function.apply(FloatVector.fromArray(FloatVector.SPECIES_256, x, 0))
                    .toArray();
            for (int lane = 0; lane < x.length; lane++) {
                assertWithin(ulps, exact.applyAsDouble(x[lane]), found[lane], x[lane]);
            }
        }
    }

    private static void assertWithin(double ulps, double expected, float found, float x) {
        float rounded = (float) expected;
        if (Float.isNaN(rounded) || Float.isInfinite(rounded) || rounded == 0) {
            assertEquals(rounded, found, () -> "of " + x);
        } else {
            double error = Math.abs(found - expected) / Math.ulp(rounded);
            assertTrue(error <= ulps, () -> "of " + x + ": " + found + " is off by " + error + " units");
        }
    }

    @Test
    void zeros_keep_their_sign() {
        float[] zeros = {-0.0f, 0.0f};
        FloatVector x = FloatVector.fromArray(FloatVector.SPECIES_64, zeros, 0);
        assertEquals(-0.0f, VectorFunctions.tanh(x).lane(0));
        assertEquals(0.0f, VectorFunctions.tanh(x).lane(1));
    }

    @Test
    void rounding_to_even_gives_the_bits_of_the_library() {
        float[] values = {
            0f,
            -0f,
            0.5f,
            -0.5f,
            1.5f,
            -1.5f,
            2.5f,
            0.49999997f,
            -0.3f,
            8388607.5f,
            -8388607.5f,
            8388608f,
            1e30f,
            Float.MIN_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN,
            Float.MAX_VALUE,
            4194303.5f,
            4194304.5f
        };
        for (float value : values) {
            float found = VectorFunctions.roundEven(FloatVector.broadcast(FloatVector.SPECIES_128, value))
                    .lane(2);
            assertEquals(
                    Float.floatToIntBits((float) Math.rint(value)), Float.floatToIntBits(found), () -> "of " + value);
        }
    }
}
