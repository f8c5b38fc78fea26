package dev.sinter.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void bytes_count_in_steps_of_1024() {
        assertEquals("0 B", Quantity.bytes(0));
        assertEquals("1023 B", Quantity.bytes(1023));
        assertEquals("1.00 KiB", Quantity.bytes(1024));
        assertEquals("12.5 MiB", Quantity.bytes(12 * 1024 * 1024 + 512 * 1024));
    }

    @Test
    void counts_are_exact_while_they_are_short() {
        assertEquals("9999", Quantity.count(9999));
        assertEquals("10.0 k", Quantity.count(10_000));
        assertEquals("3.86 G", Quantity.count(3_858_000_000L));
    }

    @Test
    void seconds_have_a_unit_that_fits() {
        assertEquals("2.00 s", Quantity.seconds(2));
        assertEquals("38.1 ms", Quantity.seconds(0.0381));
        assertEquals("7.00 us", Quantity.seconds(7e-6));
    }

    @Test
    void rounding_up_does_not_add_a_digit() {
        assertEquals("10.0", Quantity.threeDigits(9.999));
        assertEquals("100", Quantity.threeDigits(99.96));
    }

    @Test
    void one_is_singular() {
        assertEquals("1 input", Quantity.of(1, "input"));
        assertEquals("10,000 inputs", Quantity.of(10_000, "input"));
    }
}
