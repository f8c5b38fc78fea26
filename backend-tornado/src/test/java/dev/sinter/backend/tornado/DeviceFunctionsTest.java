package dev.sinter.backend.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/// What the library has, written with operators alone.
class DeviceFunctionsTest {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        0.5,
        -0.5,
        1.5,
        2.5,
        -2.5,
        0x1p51 + 0.5,
        0x1p52 + 1,
        -0x1p53,
        1e300,
        Double.MIN_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
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
            agrees(DeviceFunctions::floor, Math::floor, x, 0);
            agrees(DeviceFunctions::ceil, Math::ceil, x, 0);
            agrees(DeviceFunctions::rint, Math::rint, x, 0);
            agrees(DeviceFunctions::tanh, Math::tanh, x, 1);
            agrees(DeviceFunctions::abs, Math::abs, x, 0);
        }
        assertEquals(1, DeviceFunctions.erf(Double.POSITIVE_INFINITY));
        assertEquals(-1, DeviceFunctions.erf(-7));
        assertTrue(Double.isNaN(DeviceFunctions.erf(Double.NaN)));
    }

    @Property
    void whole_numbers_are_those_of_the_library(@ForAll double x) {
        agrees(DeviceFunctions::floor, Math::floor, x, 0);
        agrees(DeviceFunctions::ceil, Math::ceil, x, 0);
        agrees(DeviceFunctions::rint, Math::rint, x, 0);
    }

    @Property
    void tanh_is_within_four_units(@ForAll @DoubleRange(min = -25, max = 25) double x) {
        agrees(DeviceFunctions::tanh, Math::tanh, x, 4);
    }

    /// Values from tables (Abramowitz and Stegun 7.1), to ten digits.
    @Test
    void erf_is_that_of_tables() {
        assertEquals(0.1124629160, DeviceFunctions.erf(0.1), 1e-10);
        assertEquals(0.5204998778, DeviceFunctions.erf(0.5), 1e-10);
        assertEquals(-0.8427007929, DeviceFunctions.erf(-1), 1e-10);
        assertEquals(0.9953222650, DeviceFunctions.erf(2), 1e-10);
        assertEquals(0.9999779095, DeviceFunctions.erf(3), 1e-10);
    }

    @Property
    void unsigned_numbers_are_divided_and_compared(@ForAll long a, @ForAll long b) {
        assertEquals(Long.signum(Long.compareUnsigned(a, b)), DeviceFunctions.compareUnsigned(a, b));
        assertEquals(b == 0 ? 0 : Long.divideUnsigned(a, b), DeviceFunctions.divideUnsigned(a, b));
        int x = (int) a;
        int y = (int) b;
        assertEquals(Integer.signum(Integer.compareUnsigned(x, y)), DeviceFunctions.compareUnsigned(x, y));
        assertEquals(y == 0 ? 0 : Integer.divideUnsigned(x, y), DeviceFunctions.divideUnsigned(x, y));
    }
}
