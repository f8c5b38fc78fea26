package dev.sinter.training.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.type.ElementType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalSumsTest {
    private static SignalSums sums(float[] exact, float... found) {
        SignalSums sums = new SignalSums(Optional.of(new QuantizationParameters(ElementType.INT8, 1, 0)));
        sums.add(exact, found);
        return sums;
    }

    @Test
    void a_tenth_of_error_is_twenty_decibels() {
        assertEquals(20, sums(new float[] {10, -10}, 11, -9).decibels(), 1e-9);
    }

    @Test
    void no_error_is_infinite() {
        assertEquals(Double.POSITIVE_INFINITY, sums(new float[] {1}, 1).decibels());
        assertEquals(Double.NEGATIVE_INFINITY, sums(new float[] {0}, 1).decibels());
    }

    @Test
    void what_was_infinite_is_left_out_and_what_becomes_so_is_noise() {
        float infinity = Float.POSITIVE_INFINITY;
        assertEquals(
                20, sums(new float[] {10, infinity, Float.NaN}, 11, infinity, 3).decibels(), 1e-9);
        assertEquals(Double.NEGATIVE_INFINITY, sums(new float[] {10}, Float.NaN).decibels());
    }

    @Test
    void ends_and_the_share_beyond_bytes_are_counted() {
        SignalSums sums = sums(new float[] {-200, 0, 5, 127.4f}, -128, 0, 5, 127);
        assertEquals(-200, sums.low());
        assertEquals(127.4, sums.high(), 1e-5);
        assertEquals(0.25, sums.clipped());
    }
}
