package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Bounds hold in every floating-point type, and on devices that take denormal numbers for zero.
class ElementTypeBoundsTest {
    private static Tensor random(SplittableRandom random, ElementType type, int terms, int exponent) {
        Tensor tensor = Tensor.allocate(TensorType.of(type, terms));
        for (int i = 0; i < terms; i++) {
            tensor.set(i, Math.scalb(random.nextDouble() * 2 - 1, exponent + random.nextInt(-4, 4)));
        }
        return tensor;
    }

    private static void assertWithin(double found, TensorView view) {
        assertTrue(
                Math.abs(found - view.value(0)) <= view.bound(0),
                () -> found + " but the oracle says " + view.value(0) + " ± " + view.bound(0));
    }

    private interface Arithmetic {
        double rounded(double exact);
    }

    private static double backwards(Tensor a, Tensor b, Arithmetic arithmetic) {
        double sum = 0;
        for (long i = a.shape().elements() - 1; i >= 0; i--) {
            double product = arithmetic.rounded(arithmetic.rounded(a.get(i)) * arithmetic.rounded(b.get(i)));
            sum = arithmetic.rounded(sum + product);
        }
        return sum;
    }

    /// The oracle computes in double as well: the bound must cover its own error beside the kernel's.
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void double_sums_in_another_order(@ForAll long seed, @ForAll @IntRange(min = 1, max = 500) int terms) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor a = random(random, ElementType.FLOAT64, terms, 0);
        Tensor b = random(random, ElementType.FLOAT64, terms, 0);
        assertWithin(backwards(a, b, exact -> exact), Evaluation.of(new MatMul(), a, b));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void half_sums_in_another_order(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 500) int terms,
            @ForAll @IntRange(min = -12, max = 2) int exponent) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor a = random(random, ElementType.FLOAT16, terms, exponent);
        Tensor b = random(random, ElementType.FLOAT16, terms, 0);
        double found = backwards(a, b, exact -> Float.float16ToFloat(Float.floatToFloat16((float) exact)));
        assertWithin(found, Evaluation.of(new MatMul(), a, b));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void float_sums_without_denormal_numbers(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 500) int terms,
            @ForAll @IntRange(min = -140, max = -50) int exponent) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor a = random(random, ElementType.FLOAT32, terms, exponent);
        Tensor b = random(random, ElementType.FLOAT32, terms, Math.max(-66, -126 - exponent));
        double found = backwards(a, b, exact -> Math.abs(exact) < Float.MIN_NORMAL ? 0 : (float) exact);
        assertWithin(found, Evaluation.of(new MatMul(), a, b));
    }
}
