package dev.sinter.ir.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UseFloatsTest {
    @Test
    void sums_that_floats_hold_are_computed_with_them() {
        PassTexts.assertRewritten(new UseFloats(), """
            %x: u8[1,2,3] = input
            %w: i32[2,1,2] = constant [1, -2, 3, 4]
            %b: i32[2] = constant [5, 6]
            %xi = cast(%x) element=int32
            %y = conv(%xi, %w, %b) groups=2
            return %y
            """, """
            %x: u8[1,2,3] = input
            %w.floats: f32[2,1,2] = constant [1, -2, 3, 4]
            %b.floats: f32[2] = constant [5, 6]
            %xi = cast(%x) element=int32
            %y.numbers = cast(%xi) element=float32
            %y.floats = conv(%y.numbers, %w.floats, %b.floats) groups=2
            %y = cast(%y.floats) element=int32
            return %y
            """);
    }

    @Test
    void a_sum_may_be_as_large_as_floats_are_whole() {
        String statements = """
            %x: u8[1,1] = input
            %w: i32[1,1] = constant [65793]
            %b: i32[1] = constant [%d]
            %xi = cast(%x) element=int32
            %y = gemm(%xi, %w, %b) alpha=1 beta=1 transpose_a=false transpose_b=false
            return %y
            """;
        // 255 · 65,793 + 1 = 2²⁴.
        Graph most = PassTexts.graph(statements.replace("%d", "1"));
        assertEquals(3, new RulePass(new UseFloats()).apply(most).nodes().size() - 1);
        PassTexts.assertUnchanged(new UseFloats(), statements.replace("%d", "2"));
        PassTexts.assertUnchanged(new UseFloats(), statements.replace("%d", "-2"));
    }

    @Test
    void a_product_with_a_vector_is_one_sum() {
        // 255 · 4 · 20,000 = 20,400,000 is beyond 2²⁴, 255 · 20,000 is not.
        PassTexts.assertUnchanged(new UseFloats(), """
            %x: u8[3,4] = input
            %w: i32[4] = constant splat 20000
            %xi = cast(%x) element=int32
            %y = matmul(%xi, %w)
            return %y
            """);
    }

    @Test
    void integers_of_unknown_size_stay() {
        PassTexts.assertUnchanged(new UseFloats(), """
            %x: i32[1,2] = input
            %w: i32[2,2] = constant [1, 2, 3, 4]
            %y = matmul(%x, %w)
            return %y
            """);
    }

    @Test
    void the_result_is_the_same_and_known_to_the_last_bit() {
        Graph integers = PassTexts.graph("""
            %x: u8[1,8,9,9] = input
            %w: i32[4,8,3,3] = constant random 3 integers -127 127
            %zero: i32[] = constant [128]
            %xi = cast(%x) element=int32
            %xc = sub(%xi, %zero)
            %y = conv(%xc, %w) pads=[1,1,1,1]
            return %y
            """);
        Graph floats = new RulePass(new UseFloats()).apply(integers);
        assertEquals(5, floats.nodes().size());
        Tensor x = RandomTensors.integers(integers.inputs().getFirst().type(), 0, 255, 1);
        TensorView expected = result(integers, x);
        TensorView found = result(floats, x);
        long elements = expected.type().shape().elements();
        assertEquals(
                LongStream.range(0, elements).mapToObj(expected::integer).toList(),
                LongStream.range(0, elements).mapToObj(found::integer).toList());
        assertEquals(0, LongStream.range(0, elements).mapToDouble(found::bound).sum());
    }

    private static TensorView result(Graph graph, Tensor x) {
        return new Interpreter(graph, Rounding.serial())
                .evaluate(Map.of("x", x))
                .get(graph.outputs().getFirst());
    }
}
