package dev.sinter.ir.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.interp.Judge;
import dev.sinter.ir.interp.Verdict;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is right is not suspect, however similar the numbers are that it was computed from, and what is wrong by one
/// term of many is.
class LikelyBoundTest {
    private static final Reduce SUM = new Reduce(Reduce.Kind.SUM, List.of(0L), false);

    static Stream<Arguments> similarNumbers() {
        return Stream.of(49, 400, 3136, 6400, 25_600, 100_352)
                .flatMap(terms -> Stream.of(0, 1e-6, 1e-4, 1e-3, 1e-2, 1)
                        .flatMap(spread -> Stream.of("noise", "slope", "waves")
                                .map(form -> Arguments.of(form, terms, spread.doubleValue()))));
    }

    @ParameterizedTest
    @MethodSource("similarNumbers")
    void sums_of_similar_numbers_are_not_suspect(String form, int terms, double spread) {
        for (int seed = 0; seed < 4; seed++) {
            float[] x = numbers(form, terms, spread, new Random(seed));
            for (int lanes : List.of(1, 16)) {
                assertEquals(Verdict.PASSED, verdict(SUM, sum(x, lanes), x), form + " " + terms + " " + spread);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("similarNumbers")
    void products_by_equal_weights_are_not_suspect(String form, int terms, double spread) {
        Random random = new Random(terms);
        float[] x = numbers(form, terms, spread, random);
        float weight = random.nextFloat(0.01f, 1);
        float[] weights = new float[terms];
        java.util.Arrays.fill(weights, weight);
        float sum = 0;
        for (float value : x) {
            sum = Math.fma(value, weight, sum);
        }
        assertEquals(Verdict.PASSED, verdict(new MatMul(), sum, x, weights), form + " " + terms + " " + spread);
    }

    @ParameterizedTest
    @MethodSource("similarNumbers")
    void a_term_that_is_missing_shows(String form, int terms, double spread) {
        if (terms > 3136) {
            // What is missing is then less than what a correct kernel may be off by.
            return;
        }
        float[] x = numbers(form, terms, spread, new Random(terms));
        float[] without = x.clone();
        without[terms / 3] = 0;
        assertNotEquals(Verdict.PASSED, verdict(SUM, sum(without, 16), x), form + " " + terms + " " + spread);
    }

    /// Half of the elements after a relu are zero, and the others have nothing in common.
    @Test
    void a_term_of_thousands_that_is_missing_shows_in_random_data() {
        for (int terms : List.of(9, 49, 196, 1024, 3136, 6400, 12_544)) {
            Random random = new Random(terms);
            float[] x = new float[terms];
            for (int i = 0; i < terms; i++) {
                x[i] = (float) Math.max(0, random.nextGaussian());
            }
            x[terms / 2] = 1;
            assertEquals(Verdict.PASSED, verdict(SUM, sum(x, 16), x), terms + " terms");
            float right = sum(x, 16);
            assertTrue(verdict(SUM, right - 1, x) != Verdict.PASSED, terms + " terms");
        }
    }

    private static float[] numbers(String form, int terms, double spread, Random random) {
        double level = random.nextDouble(0.1, 3);
        IntToDoubleFunction shape = switch (form) {
            case "noise" -> _ -> random.nextGaussian() / 4;
            case "slope" -> i -> (double) i / terms;
            case "waves" -> i -> Math.sin(i * 0.01) / 2;
            default -> throw new IllegalArgumentException(form);
        };
        float[] numbers = new float[terms];
        for (int i = 0; i < terms; i++) {
            numbers[i] = (float) (level * (1 + spread * shape.applyAsDouble(i)));
        }
        return numbers;
    }

    /// As vector code does: every lane for itself, then one after the other.
    private static float sum(float[] x, int lanes) {
        float[] partial = new float[lanes];
        for (int i = 0; i < x.length; i++) {
            partial[i % lanes] += x[i];
        }
        float sum = 0;
        for (float lane : partial) {
            sum += lane;
        }
        return sum;
    }

    private static Verdict verdict(Op op, float found, float[]... inputs) {
        TensorView[] views = Stream.of(inputs)
                .map(values -> TensorView.of(Tensor.ofFloats(Shape.of(values.length), values)))
                .toArray(TensorView[]::new);
        return new Judge(Rounding.serial())
                .judge(Tensor.ofFloats(Shape.of(), found), rounding -> Evaluation.of(op, rounding, views))
                .verdict();
    }
}
