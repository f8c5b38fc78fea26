package dev.sinter.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/// What the library has, written with operators and the few functions that compilers of devices know.
class DeviceTrigonometryTest {
    private static final double[] SPECIAL = {
        0,
        -0.0,
        0.5,
        1,
        -1,
        Math.PI / 2,
        Math.PI,
        -3 * Math.PI / 4,
        1e9,
        1e22,
        0x1p1000,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        // The double that comes nearest to a multiple of π/2 (Kahan, 1983; Muller, Elementary Functions, table 11.1).
        0x1.9f9cbbfdc5ad9p+797,
        6381956970095103.0 * 0x1p797
    };

    private static void agrees(DoubleUnaryOperator own, DoubleUnaryOperator library, double x, int units) {
        double expected = library.applyAsDouble(x);
        double found = own.applyAsDouble(x);
        boolean equal = Double.isNaN(expected)
                ? Double.isNaN(found)
                : expected == found || Math.abs(expected - found) <= units * Math.ulp(expected);
        assertTrue(equal, () -> x + ": " + found + " for " + expected);
    }

    @Test
    void special_numbers_are_as_in_the_library() {
        for (double x : SPECIAL) {
            all(x);
        }
        for (float x = 1e-30f; x < Float.POSITIVE_INFINITY; x *= 7) {
            all(x);
            all(-x);
        }
    }

    @Property
    void numbers_of_all_sizes_are_reduced(@ForAll double x) {
        all(x);
    }

    @Property
    void moderate_numbers_are_right(@ForAll @DoubleRange(min = -20, max = 20) double x) {
        all(x);
        all(x / 20);
    }

    private static void all(double x) {
        agrees(DeviceTrigonometry::sin, Math::sin, x, 3);
        agrees(DeviceTrigonometry::cos, Math::cos, x, 3);
        agrees(DeviceTrigonometry::tan, Math::tan, x, 5);
        agrees(DeviceTrigonometry::asin, Math::asin, x, 4);
        agrees(DeviceTrigonometry::acos, Math::acos, x, 4);
        agrees(DeviceTrigonometry::atan, Math::atan, x, 4);
        agrees(DeviceTrigonometry::sinh, Math::sinh, x, 5);
        agrees(DeviceTrigonometry::cosh, Math::cosh, x, 5);
    }

    @Property
    void remainders_are_exact(@ForAll double a, @ForAll double b) {
        assertEquals(a % b, DeviceFunctions.remainder(a, b));
        assertEquals(a % (b * 1e-9), DeviceFunctions.remainder(a, b * 1e-9));
        assertEquals((float) a % (float) b, (float) DeviceFunctions.remainder((float) a, (float) b));
    }
}
