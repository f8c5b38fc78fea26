package dev.sinter.training.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.type.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuantizationParametersTest {
    @ParameterizedTest
    @EnumSource(ActivationType.class)
    void zero_stays_zero_and_ends_stay_within_a_step(ActivationType type) {
        ValueRange range = new ValueRange(-1.3, 2.9);
        QuantizationParameters parameters = type.parameters(range);
        assertEquals(0, parameters.rounded(0));
        assertEquals(-1.3, parameters.rounded(-1.3), parameters.scale());
        assertEquals(2.9, parameters.rounded(2.9), parameters.scale());
    }

    @Test
    void what_is_never_negative_has_all_of_the_steps() {
        QuantizationParameters bytes = ActivationType.UINT8.parameters(new ValueRange(0, 5.1));
        assertEquals(new QuantizationParameters(ElementType.UINT8, 0.02f, 0), bytes);
        QuantizationParameters signed = ActivationType.INT8.parameters(new ValueRange(0, 5.1));
        assertEquals(new QuantizationParameters(ElementType.INT8, 0.02f, -128), signed);
    }

    @Test
    void symmetric_bytes_have_zero_in_the_middle() {
        QuantizationParameters parameters = ActivationType.SYMMETRIC.parameters(new ValueRange(-1, 2.54));
        assertEquals(new QuantizationParameters(ElementType.INT8, 0.02f, 0), parameters);
    }

    @Test
    void halves_are_rounded_to_even_as_in_onnx() {
        QuantizationParameters parameters = new QuantizationParameters(ElementType.UINT8, 2, 10);
        assertEquals(0, parameters.rounded(1));
        assertEquals(4, parameters.rounded(3));
        assertEquals(-4, parameters.rounded(-5));
    }

    @Test
    void what_is_beyond_is_limited_and_counted() {
        QuantizationParameters parameters = new QuantizationParameters(ElementType.INT8, 1, 0);
        assertEquals(127, parameters.rounded(1000));
        assertEquals(-128, parameters.rounded(-1000));
        assertTrue(parameters.clips(127.6));
        assertFalse(parameters.clips(127.4));
        assertFalse(parameters.clips(-128.4));
        assertTrue(parameters.clips(-129));
    }

    @ParameterizedTest
    @EnumSource(ActivationType.class)
    void nothing_but_zeros_has_scale_one(ActivationType type) {
        QuantizationParameters parameters = type.parameters(new ValueRange(0, 0));
        assertEquals(1, parameters.scale());
        assertEquals(0, parameters.zeroPoint());
    }

    @Test
    void a_range_has_zero_in_it() {
        assertThrows(IllegalArgumentException.class, () -> new ValueRange(1, 2));
        assertThrows(IllegalArgumentException.class, () -> new ValueRange(Double.NaN, 2));
        assertEquals(new ValueRange(0, 2), ValueRange.around(1, 2));
    }
}
