package dev.sinter.ir.interp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Judge JUDGE = new Judge(Rounding.serial());

    private static Judgement judge(Tensor device, double... pairs) {
        TensorView view = TensorView.allocate(device.type());
        for (int i = 0; i < pairs.length / 2; i++) {
            view.set(i, pairs[2 * i], pairs[2 * i + 1]);
        }
        return JUDGE.judge(device, _ -> view);
    }

    private static Tensor floats(float... values) {
        return Tensor.ofFloats(Shape.of(values.length), values);
    }

    @Test
    void what_lies_within_its_bound_passes() {
        Judgement judgement = judge(floats(1, 2), 1.5, 0.5, 2.1, 0.4);
        assertEquals(Verdict.PASSED, judgement.verdict());
        assertEquals(0.5, judgement.largestError());
        assertEquals(1, judgement.largestRatio());
        assertTrue(judgement.first().isEmpty());
    }

    @Test
    void the_first_element_beyond_its_bound_is_named() {
        Tensor device = floats(0, 0, 0, 7, 0, 9).reshaped(Shape.of(2, 3));
        Judgement judgement = judge(device, 0, 0, 0, 0, 0, 0, 6, 0.5, 0, 0, 0, 0);
        assertEquals(Verdict.FAILED, judgement.verdict());
        assertEquals(2, judgement.beyond());
        Deviation first = judgement.first().orElseThrow();
        assertEquals(new Deviation(List.of(1L, 0L), 7.0, 6.0, 0.5, 0.5), first);
        assertTrue(judgement.toString().contains("[1,0]: device 7.0, oracle 6.0"), judgement.toString());
    }

    @Test
    void nan_and_infinities_match_in_kind() {
        double nan = Double.NaN;
        double infinity = Double.POSITIVE_INFINITY;
        Tensor device = floats(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        assertEquals(
                Verdict.PASSED,
                judge(device, nan, nan, infinity, 0, -infinity, 0).verdict());
        assertEquals(3, judge(device, 1, 1e30, 1, 1e30, 1, 1e30).beyond());
        assertEquals(2, judge(device, nan, nan, -infinity, 0, infinity, 0).beyond());
        assertEquals(
                3, judge(floats(1, 1, 1), nan, nan, infinity, 0, -infinity, 0).beyond());
    }

    @Test
    void a_value_that_may_round_to_infinity_may_be_infinite() {
        Tensor device = floats(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        assertEquals(Verdict.PASSED, judge(device, 3.4e38, 1e37, -3.5e38, 0).verdict());
        assertEquals(Verdict.FAILED, judge(device, 3.3e38, 1e36, 3.5e38, 0).verdict());
    }

    @Test
    void elements_without_a_bound_are_counted() {
        Judgement judgement = judge(floats(Float.NaN, 1), 3, Double.POSITIVE_INFINITY, 1, 0);
        assertEquals(Verdict.PASSED, judgement.verdict());
        assertEquals(1, judgement.unbounded());
    }

    @Test
    void integers_match_bit_for_bit() {
        Tensor device = Tensor.ofLongs(Shape.of(2), (1L << 60) + 1, 5);
        TensorView view = TensorView.allocate(TensorType.of(ElementType.INT64, 2));
        view.setInteger(0, 1L << 60);
        view.setInteger(1, 5);
        Judgement judgement = JUDGE.judge(device, _ -> view);
        assertEquals(Verdict.FAILED, judgement.verdict());
        assertEquals((1L << 60) + 1, judgement.first().orElseThrow().device());
    }

    @Test
    void beyond_the_likely_bound_only_is_suspect() {
        TensorView likely = TensorView.allocate(TensorType.float32(1));
        likely.set(0, 1, 0.1);
        TensorView worst = TensorView.allocate(TensorType.float32(1));
        worst.set(0, 1, 0.4);
        Judgement judgement = JUDGE.judge(floats(1.25f), rounding -> rounding == JUDGE.rounding() ? worst : likely);
        assertEquals(Verdict.SUSPECT, judgement.verdict());
        assertEquals(
                new Deviation(List.of(0L), 1.25, 1.0, 0.4, 0.1),
                judgement.first().orElseThrow());
    }

    @Test
    void exact_judgement_demands_the_rounded_bits() {
        TensorView view = TensorView.allocate(TensorType.float32(3));
        view.set(0, 0.1, 1);
        view.set(1, -0.0, 1);
        view.set(2, Double.NaN, Double.NaN);
        assertEquals(
                Verdict.PASSED, Judge.exact(floats(0.1f, 0, Float.NaN), view).verdict());
        assertEquals(
                Verdict.FAILED,
                Judge.exact(floats(Math.nextUp(0.1f), 0, Float.NaN), view).verdict());
    }

    /// A kernel that is right passes; the same with one element moved by ten times its bound fails, and that element is
    /// named.
    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void one_element_that_is_wrong_is_found(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Graph.Builder builder = Graph.builder("one");
        Value x = builder.input("x", TensorType.float32(1, 8, 6, 6));
        Value weight = builder.constant("weight", random(random, 4, 8, 3, 3));
        Value conv = builder.add("conv", Conv.of(1, 1), x, weight);
        Value tanh = builder.add("tanh", new Unary(Unary.Kind.TANH), conv);
        Graph graph = builder.output(tanh).build();
        Map<Value, Tensor> known = Map.of(x, random(random, 1, 8, 6, 6));
        TensorView oracle = new Interpreter(graph, Rounding.serial()).between(known, tanh);
        Tensor device = oracle.rounded();
        assertEquals(Verdict.PASSED, JUDGE.judge(graph, known, tanh, device).verdict());
        long wrong = random.nextLong(device.shape().elements());
        device.set(wrong, device.get(wrong) + (random.nextBoolean() ? 10 : -10) * oracle.bound(wrong));
        Judgement judgement = JUDGE.judge(graph, known, tanh, device);
        assertEquals(Verdict.FAILED, judgement.verdict());
        assertEquals(1, judgement.beyond());
        List<Long> index = List.of(0L, wrong / 36, wrong / 6 % 6, wrong % 6);
        assertEquals(index, judgement.first().orElseThrow().index());
    }

    private static Tensor random(SplittableRandom random, long... dims) {
        Tensor tensor = Tensor.allocate(TensorType.float32(dims));
        for (long i = 0; i < tensor.shape().elements(); i++) {
            tensor.set(i, random.nextDouble() * 2 - 1);
        }
        return tensor;
    }

    /// With integers small enough no kernel rounds, whatever its order: bits must match.
    @Test
    void small_integers_are_exact_in_any_order() {
        SplittableRandom random = new SplittableRandom(3);
        Tensor x = Tensor.allocate(TensorType.float32(1, 50, 3, 3));
        Tensor w = Tensor.allocate(TensorType.float32(2, 50, 3, 3));
        for (Tensor tensor : List.of(x, w)) {
            for (long i = 0; i < tensor.shape().elements(); i++) {
                tensor.set(i, random.nextInt(-8, 9));
            }
        }
        Graph.Builder builder = Graph.builder("integers");
        Value input = builder.input("x", x.type());
        Value conv = builder.add("conv", Conv.of(1, 0), input, builder.constant("w", w));
        Graph graph = builder.output(conv).build();
        TensorView oracle = new Interpreter(graph, Rounding.serial()).between(Map.of(input, x), conv);
        Tensor device = Tensor.allocate(conv.type());
        for (int m = 0; m < 2; m++) {
            float sum = 0;
            for (int i = 449; i >= 0; i--) {
                sum += x.toFloats()[i] * w.toFloats()[450 * m + i];
            }
            device.set(m, sum);
        }
        assertEquals(Verdict.PASSED, Judge.exact(device, oracle).verdict());
        device.set(1, device.get(1) + 1);
        assertEquals(Verdict.FAILED, Judge.exact(device, oracle).verdict());
    }

    @Test
    void differences_over_a_network_are_told_not_judged() {
        TensorView view = TensorView.allocate(TensorType.float32(3));
        view.set(0, 1, 0);
        view.set(1, -4, 0);
        view.set(2, Double.NaN, 0);
        assertEquals(new Difference(0.5, 0.25, 4, 1), Difference.between(floats(1.5f, -4, 1), view));
    }
}
