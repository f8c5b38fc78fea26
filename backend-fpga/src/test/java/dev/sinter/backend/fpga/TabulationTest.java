package dev.sinter.backend.fpga;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.UnaryFunction;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TabulationTest {
    private static final int BYTES = 256;
    private static final int SCALES = 20;

    private final Signals signals = new Signals();
    private final Tabulation tabulation = new Tabulation(signals, new Rounding(signals));
    private final Axis first = new Axis("a", BYTES);
    private final Axis second = new Axis("b", BYTES);

    /// Every pair of bytes, by scales of all sizes, in single precision as Java has it.
    @Test
    void a_sum_of_scaled_bytes_is_rounded_as_single_precision_rounds_it() {
        Random random = new Random(11);
        for (int i = 0; i < SCALES; i++) {
            float scaleA = scale(random);
            float scaleB = scale(random);
            assertSums(scaleA, scaleB, (scaleA + scaleB) * (0.3f + random.nextFloat()), random.nextInt(BYTES));
        }
    }

    /// Where each second pair lies in the middle between two integers.
    @Test
    void halves_go_to_the_even_integer() {
        assertSums(0.5f, 0.5f, 1, 0);
        assertSums(0.25f, 0.5f, 1, 128);
        assertSums(1, 1, 2, 3);
    }

    private static float scale(Random random) {
        return (float) Math.scalb(1 + random.nextDouble(), -3 - random.nextInt(6));
    }

    /// @param zero taken from the second byte first
    private void assertSums(float scaleA, float scaleB, float scale, int zero) {
        Signal a = signals.counter(first);
        Signal b = signals.subtract(signals.counter(second), signals.constant(zero));
        Formula sum = new Formula.Binary(BinaryFunction.ADD, times(a, scaleA), times(b, scaleB));
        Formula steps = new Formula.Binary(BinaryFunction.DIVIDE, sum, new Formula.Constant(scale));
        Formula rounded = new Formula.Unary(UnaryFunction.ROUND_EVEN, steps);
        Signal made = tabulation.integer(limited(rounded));
        for (int i = 0; i < BYTES; i++) {
            for (int j = 0; j < BYTES; j++) {
                int valueOfA = i;
                int valueOfB = j;
                float real = (i * scaleA + (j - zero) * scaleB) / scale;
                assertEquals(
                        (long) Math.clamp(Math.rint(real), 0, BYTES - 1),
                        new Evaluation(axis -> axis == first ? valueOfA : valueOfB, 0).value(made),
                        () -> valueOfA + " and " + valueOfB + " by " + scaleA + ", " + scaleB + ", " + scale);
            }
        }
    }

    private static Formula times(Signal signal, float scale) {
        return new Formula.Binary(BinaryFunction.MULTIPLY, new Formula.Variable(signal), new Formula.Constant(scale));
    }

    private static Formula limited(Formula formula) {
        Formula above = new Formula.Binary(BinaryFunction.MAX, formula, new Formula.Constant(0));
        return new Formula.Binary(BinaryFunction.MIN, above, new Formula.Constant(BYTES - 1));
    }

    @Test
    void what_is_no_sum_is_refused() {
        Formula product = new Formula.Binary(
                BinaryFunction.MULTIPLY, times(signals.counter(first), 0.1f), times(signals.counter(second), 0.1f));
        Formula rounded = limited(new Formula.Unary(UnaryFunction.ROUND_EVEN, product));
        assertThrows(Unsupported.class, () -> tabulation.integer(rounded));
    }

    @Test
    void what_is_no_number_is_refused() {
        Formula logarithm = new Formula.Unary(UnaryFunction.LOG, new Formula.Variable(signals.counter(first)));
        assertThrows(Unsupported.class, () -> tabulation.integer(logarithm));
    }
}
