package dev.sinter.ir.op;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/// Float arithmetic as a careless but correct kernel does it: sums in any order, fused or not, functions off by as many
/// units in the last place as the OpenCL C specification allows.
final class FloatKernels {
    private final SplittableRandom random;

    FloatKernels(long seed) {
        random = new SplittableRandom(seed);
    }

    /// Sums in a random tree, overwriting the addends.
    float sum(float[] addends) {
        for (int left = addends.length; left > 1; left--) {
            int a = random.nextInt(left);
            int b = random.nextInt(left - 1);
            b = b >= a ? b + 1 : b;
            float sum = addends[a] + addends[b];
            addends[Math.min(a, b)] = sum;
            addends[Math.max(a, b)] = addends[left - 1];
        }
        return addends.length == 0 ? 0 : addends[0];
    }

    /// Σ a·b: in a random tree of rounded products, or one after the other from either end, fused.
    float dotProduct(float[] a, float[] b) {
        if (random.nextBoolean()) {
            float[] products = new float[a.length];
            for (int i = 0; i < a.length; i++) {
                products[i] = a[i] * b[i];
            }
            return sum(products);
        }
        boolean backward = random.nextBoolean();
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            int at = backward ? a.length - 1 - i : i;
            sum = Math.fma(a[at], b[at], sum);
        }
        return sum;
    }

    /// The function, off by less than `ulp` units in the last place.
    float apply(DoubleUnaryOperator function, double ulp, float x) {
        return perturbed(function.applyAsDouble(x), ulp);
    }

    float divide(float a, float b) {
        return perturbed((double) a / b, 2.5);
    }

    float perturbed(double exact, double ulp) {
        double moved = exact + (random.nextDouble() * 2 - 1) * (ulp - 0.5) * Math.ulp((float) exact);
        return (float) moved;
    }

    /// Numbers of different magnitudes and both signs.
    float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number();
        }
        return numbers;
    }

    float number() {
        return (float) Math.scalb(random.nextDouble() * 2 - 1, random.nextInt(8) - 4);
    }

    /// A number that a kernel might have where the oracle has `value` with this bound.
    float within(double value, double bound) {
        double toward = value + (random.nextDouble() * 2 - 1) * bound;
        float near = (float) toward;
        return Math.abs(near - value) <= bound ? near : (float) value;
    }
}
