package dev.sinter.ir.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values from Abramowitz and Stegun, table 7.1, and from the series at small arguments.
class ErrorFunctionIntegralTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1e-12, 1.1283791670955126e-12",
        "0.1, 0.1124629160182849",
        "0.5, 0.5204998778130465",
        "1, 0.8427007929497149",
        "2, 0.9953222650189527",
        "-2, -0.9953222650189527",
        "3, 0.9999779095030014",
        "6, 1"
    })
    void is_the_integral_of_the_bell_curve(double x, double expected) {
        assertEquals(expected, ErrorFunctionIntegral.erf(x), Math.abs(expected) * 4e-16);
    }
}
