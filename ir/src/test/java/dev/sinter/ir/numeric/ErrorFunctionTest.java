package dev.sinter.ir.numeric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorFunctionTest {
    /// Values of Abramowitz and Stegun, table 7.1, and of its continuation to more digits.
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.1, 0.1124629160182849",
        "0.5, 0.5204998778130465",
        "1, 0.8427007929497149",
        "2, 0.9953222650189527",
        "3, 0.9999779095030014",
        "4, 0.9999999845827421",
        "5.9, 1",
        "7, 1"
    })
    void agrees_with_tables(double x, double expected) {
        assertEquals(expected, ErrorFunction.erf(x), 3e-16);
        assertEquals(-ErrorFunction.erf(x), ErrorFunction.erf(-x));
    }

    @Test
    void series_and_fraction_meet() {
        assertEquals(ErrorFunction.erf(Math.nextDown(3.0)), ErrorFunction.erf(3), 3e-16);
    }

    @Test
    void keeps_nan_and_signed_limits() {
        assertTrue(Double.isNaN(ErrorFunction.erf(Double.NaN)));
        assertEquals(1, ErrorFunction.erf(Double.POSITIVE_INFINITY));
        assertEquals(-1, ErrorFunction.erf(Double.NEGATIVE_INFINITY));
    }
}
