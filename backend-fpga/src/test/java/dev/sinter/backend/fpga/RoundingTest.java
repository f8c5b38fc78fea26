package dev.sinter.backend.fpga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.expr.Axis;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundingTest {
    private static final int FACTORS = 12;

    /// Every integer from -70,000 to 70,000, by factors of all sizes.
    @Test
    void a_product_is_rounded_as_single_precision_rounds_it() {
        Random random = new Random(7);
        for (int i = 0; i < FACTORS; i++) {
            float factor = (float) Math.scalb(1 + random.nextDouble(), -4 - random.nextInt(9));
            assertRounded(factor, 70_000);
        }
    }

    /// Products that lie in the middle between two integers, and so near to it that single precision puts them there.
    @Test
    void halves_go_to_the_even_integer() {
        assertRounded(0.5f, 600);
        assertRounded(0.25f, 1200);
        assertRounded(1.5f, 200);
        assertRounded(Math.nextUp(0.5f), 600);
        assertRounded(Math.nextDown(0.5f), 600);
        assertRounded(Math.nextUp(0.00390625f), 70_000);
        assertRounded(Math.nextDown(0.00390625f), 70_000);
    }

    private static void assertRounded(float factor, int largest) {
        Axis axis = new Axis("x", 2L * largest + 1);
        Signals signals = new Signals();
        Signal sum = signals.subtract(signals.counter(axis), signals.constant(largest));
        int fraction = 23 - Math.getExponent(factor);
        Signal product = signals.multiply(sum, signals.constant((long) Math.scalb((double) factor, fraction)));
        Signal rounded = new Rounding(signals)
                .integer(Real.of(product, fraction, true)
                        .rounded()
                        .atLeast(-128)
                        .atMost(127)
                        .shifted(3));
        for (int integer = -largest; integer <= largest; integer++) {
            int at = integer + largest;
            float exact = Math.clamp((float) integer * factor, -128, 127);
            assertEquals(
                    (long) Math.rint(exact) + 3,
                    new Evaluation(_ -> at, 0).value(rounded),
                    () -> (at - largest) + " times " + factor);
        }
    }

    @Test
    void a_fraction_that_nobody_rounds_is_no_integer() {
        Signals signals = new Signals();
        Signal number = signals.counter(new Axis("x", 100));
        assertThrows(Unsupported.class, () -> new Rounding(signals).integer(Real.exact(number, 4)));
    }
}
