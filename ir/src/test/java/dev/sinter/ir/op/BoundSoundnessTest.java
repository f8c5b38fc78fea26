package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Whatever a correct kernel in float computes lies within the oracle's bound.
class BoundSoundnessTest {
    private static Tensor vector(float... values) {
        return Tensor.ofFloats(Shape.of(values.length), values);
    }

    private static void assertWithin(double found, TensorView view, long i) {
        assertTrue(
                Math.abs(found - view.value(i)) <= view.bound(i),
                () -> found + " but the oracle says " + view.value(i) + " ± " + view.bound(i));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void dot_products_in_any_order(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int terms) {
        FloatKernels kernels = new FloatKernels(seed);
        float[] a = kernels.numbers(terms);
        float[] b = kernels.numbers(terms);
        for (Rounding rounding : List.of(Rounding.serial(), Rounding.serial().likely())) {
            TensorView y = Evaluation.of(new MatMul(), rounding, TensorView.of(vector(a)), TensorView.of(vector(b)));
            assertWithin(kernels.dotProduct(a, b), y, 0);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void dot_products_of_operands_that_are_off(@ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int terms) {
        FloatKernels kernels = new FloatKernels(seed);
        TensorView a = Evaluation.withBounds(vector(kernels.numbers(terms)), 1e-4);
        TensorView b = Evaluation.withBounds(vector(kernels.numbers(terms)), 1e-3);
        TensorView y = Evaluation.of(new MatMul(), Rounding.serial(), a, b);
        assertWithin(kernels.dotProduct(within(kernels, a), within(kernels, b)), y, 0);
    }

    private static float[] within(FloatKernels kernels, TensorView view) {
        float[] values = new float[(int) view.type().shape().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = kernels.within(view.value(i), view.bound(i));
        }
        return values;
    }

    /// A picture of one colour, as behind a bias alone, but for a border: the roundings of its sum are all the same.
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void likely_bounds_hold_for_sums_of_equal_numbers(
            @ForAll @FloatRange(min = 0.01f, max = 10) float colour,
            @ForAll @IntRange(min = 1, max = 20_000) int terms,
            @ForAll boolean border) {
        float[] x = new float[terms];
        float sum = 0;
        for (int i = 0; i < terms; i++) {
            x[i] = border && i % 100 == 0 ? colour / 3 : colour;
            sum += x[i];
        }
        Reduce reduce = new Reduce(Reduce.Kind.SUM, List.of(0L), false);
        assertWithin(sum, Evaluation.of(reduce, Rounding.serial().likely(), TensorView.of(vector(x))), 0);
        Window all = new Window(List.of((long) terms), List.of(1L), List.of(0L, 0L), List.of(1L), false);
        TensorView image = TensorView.of(vector(x).reshaped(Shape.of(1, 1, terms)));
        TensorView mean =
                Evaluation.of(new AveragePool(all, false), Rounding.serial().likely(), image);
        assertWithin(sum / terms, mean, 0);
    }

    @Test
    void likely_bounds_of_different_numbers_stay_tight() {
        int terms = 10_000;
        float[] x = new FloatKernels(1).numbers(terms);
        double magnitude = 0;
        for (float value : x) {
            magnitude += Math.abs(value);
        }
        Reduce reduce = new Reduce(Reduce.Kind.SUM, List.of(0L), false);
        TensorView sum = Evaluation.of(reduce, Rounding.serial().likely(), TensorView.of(vector(x)));
        double bound = 8 * Math.sqrt(terms) * ElementType.FLOAT32.unitRoundoff() * magnitude;
        assertTrue(sum.bound(0) < bound, () -> sum.bound(0) + " is not below " + bound);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void sums_and_means_in_any_order(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2000) int terms) {
        FloatKernels kernels = new FloatKernels(seed);
        float[] x = kernels.numbers(terms);
        TensorView sum = Evaluation.of(new Reduce(Reduce.Kind.SUM, List.of(0L), false), vector(x));
        TensorView mean = Evaluation.of(new Reduce(Reduce.Kind.MEAN, List.of(0L), false), vector(x));
        assertWithin(kernels.sum(x.clone()), sum, 0);
        assertWithin(kernels.divide(kernels.sum(x.clone()), terms), mean, 0);
        assertWithin(kernels.sum(x.clone()) * (1f / terms), mean, 0);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void products_in_any_order(@ForAll long seed, @ForAll @IntRange(min = 1, max = 2000) int factors) {
        FloatKernels kernels = new FloatKernels(seed);
        Reduce reduce = new Reduce(Reduce.Kind.PROD, List.of(0L), false);
        float[] x = new float[factors];
        for (int i = 0; i < factors; i++) {
            x[i] = kernels.within(1, 0.7);
        }
        for (Rounding rounding : List.of(Rounding.serial(), Rounding.serial().likely())) {
            TensorView product = Evaluation.of(reduce, rounding, TensorView.of(vector(x)));
            float forwards = 1;
            float backwards = 1;
            float[] lanes = {1, 1, 1, 1};
            for (int i = 0; i < factors; i++) {
                forwards *= x[i];
                backwards *= x[factors - 1 - i];
                lanes[i % 4] *= x[i];
            }
            assertWithin(forwards, product, 0);
            assertWithin(backwards, product, 0);
            assertWithin(lanes[0] * lanes[1] * (lanes[2] * lanes[3]), product, 0);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void products_of_factors_that_are_off(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int factors) {
        FloatKernels kernels = new FloatKernels(seed);
        TensorView x = Evaluation.withBounds(vector(kernels.numbers(factors)), 1e-3);
        TensorView product = Evaluation.of(new Reduce(Reduce.Kind.PROD, List.of(0L), false), Rounding.serial(), x);
        float found = 1;
        for (float factor : within(kernels, x)) {
            found *= factor;
        }
        assertWithin(found, product, 0);
    }

    /// Whatever numbers within the bounds a kernel has, it chooses a place that the oracle allows.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void places_of_extremes_that_are_open(@ForAll long seed, @ForAll @IntRange(min = 1, max = 50) int elements) {
        FloatKernels kernels = new FloatKernels(seed);
        TensorView x = Evaluation.withBounds(vector(kernels.numbers(elements)), 0.1);
        float[] found = within(kernels, x);
        int largest = 0;
        int smallest = 0;
        for (int i = 1; i < elements; i++) {
            largest = found[i] > found[largest] ? i : largest;
            smallest = found[i] < found[smallest] ? i : smallest;
        }
        ArgReduce max = new ArgReduce(ArgReduce.Kind.MAX, 0, false, false);
        ArgReduce min = new ArgReduce(ArgReduce.Kind.MIN, 0, false, false);
        assertWithin(largest, Evaluation.of(max, Rounding.serial(), x), 0);
        assertWithin(smallest, Evaluation.of(min, Rounding.serial(), x), 0);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void softmax(@ForAll long seed, @ForAll @IntRange(min = 1, max = 1000) int classes) {
        FloatKernels kernels = new FloatKernels(seed);
        float[] x = kernels.numbers(classes);
        float max = Float.NEGATIVE_INFINITY;
        for (float element : x) {
            max = Math.max(max, element);
        }
        float[] exponentials = new float[classes];
        for (int i = 0; i < classes; i++) {
            exponentials[i] = kernels.apply(Math::exp, 3, x[i] - max);
        }
        float sum = kernels.sum(exponentials.clone());
        TensorView y = Evaluation.of(new Softmax(0), vector(x));
        for (int i = 0; i < classes; i++) {
            assertWithin(kernels.divide(exponentials[i], sum), y, i);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void batch_normalisation_plain_and_folded(@ForAll long seed) {
        FloatKernels kernels = new FloatKernels(seed);
        float x = kernels.number();
        float scale = kernels.number();
        float bias = kernels.number();
        float mean = kernels.number();
        float variance = Math.abs(kernels.number());
        float epsilon = 1e-5f;
        TensorView y = Evaluation.of(
                new BatchNormalization(epsilon),
                Tensor.ofFloats(Shape.of(1, 1), x),
                vector(scale),
                vector(bias),
                vector(mean),
                vector(variance));
        float deviation = kernels.apply(Math::sqrt, 3, variance + epsilon);
        assertWithin(kernels.divide(x - mean, deviation) * scale + bias, y, 0);
        double exactFactor = scale / Math.sqrt((double) variance + epsilon);
        float factor = (float) exactFactor;
        assertWithin(x * factor + (float) (bias - mean * exactFactor), y, 0);
        assertWithin(Math.fma(x, factor, (float) (bias - (double) mean * factor)), y, 0);
    }

    /// The weights of the convolution take the factor, each rounded once more.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void batch_normalisation_folded_into_a_convolution(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 500) int terms) {
        FloatKernels kernels = new FloatKernels(seed);
        float[] x = kernels.numbers(terms);
        float[] w = kernels.numbers(terms);
        float scale = kernels.number();
        float bias = kernels.number();
        float mean = kernels.number();
        float variance = Math.abs(kernels.number()) + 0.01f;
        TensorView conv = Evaluation.of(
                Conv.of(1, 0),
                Tensor.ofFloats(Shape.of(1, terms, 1, 1), x),
                Tensor.ofFloats(Shape.of(1, terms, 1, 1), w));
        TensorView y = Evaluation.of(
                new BatchNormalization(0),
                Rounding.serial(),
                conv,
                TensorView.of(vector(scale)),
                TensorView.of(vector(bias)),
                TensorView.of(vector(mean)),
                TensorView.of(vector(variance)));
        double factor = scale / Math.sqrt(variance);
        float[] folded = new float[terms];
        for (int i = 0; i < terms; i++) {
            folded[i] = (float) (w[i] * factor);
        }
        assertWithin(kernels.dotProduct(x, folded) + (float) (bias - mean * factor), y, 0);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void local_response_normalisation(@ForAll long seed) {
        FloatKernels kernels = new FloatKernels(seed);
        float[] x = kernels.numbers(9);
        float alpha = 0.02f;
        float beta = 0.75f;
        TensorView y = Evaluation.of(new Lrn(5, alpha, beta, 1), Tensor.ofFloats(Shape.of(1, 9, 1), x));
        for (int c = 0; c < x.length; c++) {
            float[] near = Arrays.copyOfRange(x, Math.max(0, c - 2), Math.min(x.length, c + 3));
            float squares = kernels.dotProduct(near, near);
            float base = seed % 2 == 0 ? 1 + alpha / 5 * squares : Math.fma(alpha, squares / 5, 1);
            float power = kernels.apply(value -> Math.pow(value, beta), 16, base);
            assertWithin(kernels.divide(x[c], power), y, c);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void functions_of_operands_that_are_off(@ForAll long seed) {
        FloatKernels kernels = new FloatKernels(seed);
        double value = kernels.number();
        double bound = Math.abs(kernels.number()) * 1e-3;
        TensorView x = TensorView.allocate(TensorType.float32(1));
        for (Unary.Kind kind : Unary.Kind.values()) {
            x.set(0, inside(kind, value), bound);
            float operand = kernels.within(x.value(0), bound);
            TensorView y = Evaluation.of(new Unary(kind), Rounding.serial(), x);
            assertWithin(computed(kernels, kind, operand), y, 0);
        }
    }

    /// A number of which the function has a value, and of its neighbours too.
    private static double inside(Unary.Kind kind, double value) {
        return switch (kind) {
            case LOG, SQRT -> Math.abs(value) + 0.01;
            case ASIN, ACOS, ATANH -> 0.99 * Math.tanh(value / 8);
            case ACOSH -> 1.01 + Math.abs(value);
            case RELU, SIGMOID, TANH, EXP, ABS, NEGATE, RECIPROCAL, ERF, FLOOR, CEIL, ROUND, SIGN -> value;
            case SIN, COS, TAN, ATAN, SINH, COSH, ASINH -> value;
        };
    }

    private static float computed(FloatKernels kernels, Unary.Kind kind, float x) {
        return switch (kind) {
            case RELU -> Math.max(x, 0);
            case ABS -> Math.abs(x);
            case NEGATE -> -x;
            case FLOOR -> (float) Math.floor(x);
            case CEIL -> (float) Math.ceil(x);
            case ROUND -> (float) Math.rint(x);
            case EXP -> kernels.apply(Math::exp, 3, x);
            case LOG -> kernels.apply(Math::log, 3, x);
            case SQRT -> kernels.apply(Math::sqrt, 3, x);
            case TANH -> kernels.apply(Math::tanh, 5, x);
            case RECIPROCAL -> kernels.divide(1, x);
            case SIGMOID -> kernels.divide(1, 1 + kernels.apply(Math::exp, 3, -x));
            case ERF -> kernels.apply(BoundSoundnessTest::errorIntegral, 16, x);
            case SIGN -> Math.signum(x);
            case SIN -> kernels.apply(Math::sin, 4, x);
            case COS -> kernels.apply(Math::cos, 4, x);
            case TAN -> kernels.apply(Math::tan, 5, x);
            case ASIN -> kernels.apply(Math::asin, 4, x);
            case ACOS -> kernels.apply(Math::acos, 4, x);
            case ATAN -> kernels.apply(Math::atan, 5, x);
            case SINH -> kernels.apply(Math::sinh, 4, x);
            case COSH -> kernels.apply(Math::cosh, 4, x);
            case ASINH -> kernels.apply(v -> Math.signum(v) * Math.log(Math.abs(v) + Math.hypot(v, 1)), 4, x);
            case ACOSH -> kernels.apply(v -> Math.log(v + Math.sqrt(v * v - 1)), 4, x);
            case ATANH -> kernels.apply(v -> 0.5 * Math.log((1 + v) / (1 - v)), 5, x);
        };
    }

    /// 2/√π · ∫₀ˣ exp(-t²) dt by Simpson's rule.
    private static double errorIntegral(double x) {
        int steps = 2000;
        double sum = 1 + Math.exp(-x * x);
        for (int i = 1; i < steps; i++) {
            double t = x * i / steps;
            sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-t * t);
        }
        return 2 / Math.sqrt(Math.PI) * x / steps / 3 * sum;
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void binary_functions_of_operands_that_are_off(@ForAll long seed) {
        FloatKernels kernels = new FloatKernels(seed);
        TensorView a = Evaluation.withBounds(vector(kernels.number()), 1e-3);
        TensorView b = Evaluation.withBounds(vector(kernels.number()), 1e-3);
        float x = kernels.within(a.value(0), a.bound(0));
        float y = kernels.within(b.value(0), b.bound(0));
        for (Binary.Kind kind : Binary.Kind.values()) {
            float found = switch (kind) {
                case ADD -> x + y;
                case SUB -> x - y;
                case MUL -> x * y;
                case DIV -> kernels.divide(x, y);
                case MAX -> Math.max(x, y);
                case MIN -> Math.min(x, y);
                case POW -> kernels.perturbed(Math.pow(x, y), 16);
            };
            TensorView result = Evaluation.of(new Binary(kind), Rounding.serial(), a, b);
            if (result.bound(0) != Double.POSITIVE_INFINITY) {
                assertWithin(found, result, 0);
            }
        }
    }

    /// Serial sums of random data come near a thirtieth of the likely bound: it is no formality.
    @Property(tries = 5, edgeCases = EdgeCasesMode.NONE)
    void the_likely_bound_is_not_absurdly_loose(@ForAll long seed) {
        FloatKernels kernels = new FloatKernels(seed);
        double largest = 0;
        for (int i = 0; i < 200; i++) {
            float[] a = kernels.numbers(576);
            float[] b = kernels.numbers(576);
            float sum = 0;
            for (int t = 0; t < a.length; t++) {
                sum += a[t] * b[t];
            }
            TensorView y = Evaluation.of(
                    new MatMul(), Rounding.serial().likely(), TensorView.of(vector(a)), TensorView.of(vector(b)));
            largest = Math.max(largest, Math.abs(sum - y.value(0)) / y.bound(0));
        }
        double ratio = largest;
        assertTrue(ratio > 0.005 && ratio <= 1, () -> "largest error " + ratio + " of its bound");
    }

    /// Close to an element the others' weights are next to nothing, but not their errors. Close to the first, its place
    /// is known best.
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void cubic_samples_close_to_an_element(@ForAll @IntRange(min = 1, max = 20_000) int beside) {
        float[] x = {2, 1, 900, -1};
        float stated = beside * 1e-7f - 1;
        GridSample sample = new GridSample(GridSample.Mode.CUBIC, GridSample.Padding.ZEROS, true);
        TensorView y = Evaluation.of(
                sample,
                Rounding.serial(),
                TensorView.of(vector(x).reshaped(Shape.of(1, 1, x.length))),
                TensorView.of(vector(stated).reshaped(Shape.of(1, 1, 1))));
        assertWithin(cubic(x, (stated + 1) * 1.5f), y, 0);
    }

    private static float cubic(float[] x, float place) {
        int left = (int) Math.floor(place);
        float part = place - left;
        float[] weights = {outer(part + 1), inner(part), inner(1 - part), outer(1 - part + 1)};
        float sum = 0;
        for (int tap = 0; tap < weights.length; tap++) {
            int at = left - 1 + tap;
            sum += at >= 0 && at < x.length ? x[at] * weights[tap] : 0;
        }
        return sum;
    }

    private static float inner(float x) {
        return (1.25f * x - 2.25f) * x * x + 1;
    }

    private static float outer(float x) {
        return ((-0.75f * x + 3.75f) * x - 6) * x + 3;
    }
}
