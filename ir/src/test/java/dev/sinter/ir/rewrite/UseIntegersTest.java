package dev.sinter.ir.rewrite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.op.Gemm;
import dev.sinter.ir.type.ElementType;
import org.junit.jupiter.api.Test;

class UseIntegersTest {
    @Test
    void a_convolution_of_quantised_numbers_sums_integers() {
        PassTexts.assertRewritten(new UseIntegers(), """
            %x: u8[1,2,3,3] = input
            %w: i8[2,2,2,2] = input
            %s: f32[] = constant [0.5]
            %t: f32[2,1,1,1] = constant [0.25, 2]
            %xf = cast(%x) element=float32
            %xr = mul(%xf, %s)
            %wf = cast(%w) element=float32
            %wr = mul(%t, %wf)
            %y = conv(%xr, %wr)
            return %y
            """, """
            %x: u8[1,2,3,3] = input
            %w: i8[2,2,2,2] = input
            %y.scales: f32[2,1,1] = constant [0.125, 1]
            %y.left = cast(%x) element=int32
            %y.right = cast(%w) element=int32
            %y.sums = conv(%y.left, %y.right)
            %y.real = cast(%y.sums) element=float32
            %y = mul(%y.real, %y.scales)
            return %y
            """);
    }

    @Test
    void a_bias_with_the_scale_of_the_sums_is_added_to_them() {
        PassTexts.assertRewritten(new UseIntegers(), """
            %x: i8[3,4] = input
            %w: i8[2,4] = input
            %b: i16[2] = input
            %s: f32[] = constant [0.5]
            %t: f32[2,1] = constant [0.25, 2]
            %u: f32[2] = constant [0.125, 1]
            %xf = cast(%x) element=float32
            %xr = mul(%xf, %s)
            %wf = cast(%w) element=float32
            %wr = mul(%wf, %t)
            %bf = cast(%b) element=float32
            %br = mul(%bf, %u)
            %y = gemm(%xr, %wr, %br) alpha=1 beta=1 transpose_a=false transpose_b=true
            return %y
            """, """
            %x: i8[3,4] = input
            %w: i8[2,4] = input
            %b: i16[2] = input
            %y.scales: f32[2] = constant [0.125, 1]
            %y.left = cast(%x) element=int32
            %y.right = cast(%w) element=int32
            %y.bias = cast(%b) element=int32
            %y.sums = gemm(%y.left, %y.right, %y.bias) alpha=1 beta=1 transpose_a=false transpose_b=true
            %y.real = cast(%y.sums) element=float32
            %y = mul(%y.real, %y.scales)
            return %y
            """);
    }

    @Test
    void constants_are_seen_through_what_keeps_them_from_being_folded() {
        Graph graph = PassTexts.graph("""
            %x: i8[3,2] = input
            %w: i8[2,2] = constant [1, 2, 3, 4]
            %b: i32[2] = constant [100000, -100000]
            %s: f32[] = constant [0.5]
            %u: f32[] = constant [0.25]
            %xf = cast(%x) element=float32
            %xr = mul(%xf, %s)
            %wi = identity(%w)
            %wf = cast(%wi) element=float32
            %wr = mul(%wf, %s)
            %bi = identity(%b)
            %bf = cast(%bi) element=float32
            %br = mul(%bf, %u)
            %y = gemm(%xr, %wr, %br) alpha=1 beta=1 transpose_a=false transpose_b=true
            return %y
            """);
        Graph rewritten = new RulePass(new UseIntegers()).apply(graph);
        assertTrue(rewritten.nodes().stream()
                .anyMatch(node -> node.op() instanceof Gemm
                        && node.inputs().size() == 3
                        && node.output().type().element() == ElementType.INT32));
    }

    @Test
    void another_bias_is_added_to_real_numbers() {
        PassTexts.assertRewritten(new UseIntegers(), """
            %x: i8[1,1,4] = input
            %w: i8[2,1,2] = input
            %b: f32[2] = input
            %s: f32[] = constant [0.5]
            %xf = cast(%x) element=float32
            %xr = mul(%xf, %s)
            %wf = cast(%w) element=float32
            %wr = mul(%wf, %s)
            %y = conv(%xr, %wr, %b)
            return %y
            """, """
            %x: i8[1,1,4] = input
            %w: i8[2,1,2] = input
            %b: f32[2] = input
            %y.scales: f32[2,1] = constant [0.25, 0.25]
            %y.left = cast(%x) element=int32
            %y.right = cast(%w) element=int32
            %y.sums = conv(%y.left, %y.right)
            %y.real = cast(%y.sums) element=float32
            %y.scaled = mul(%y.real, %y.scales)
            %y.shift = reshape(%b) shape=[2,1]
            %y = add(%y.scaled, %y.shift)
            return %y
            """);
    }

    @Test
    void weights_may_be_transposed_once_they_are_real() {
        PassTexts.assertRewritten(new UseIntegers(), """
            %x: u8[3,4] = input
            %w: i8[2,4] = input
            %s: f32[] = constant [0.5]
            %t: f32[2,1] = constant [1, 2]
            %xf = cast(%x) element=float32
            %xr = mul(%xf, %s)
            %wf = cast(%w) element=float32
            %wr = mul(%wf, %t)
            %wt = transpose(%wr) permutation=[1,0]
            %y = matmul(%xr, %wt)
            return %y
            """, """
            %x: u8[3,4] = input
            %w: i8[2,4] = input
            %y.scales: f32[2] = constant [0.5, 1]
            %y.left = cast(%x) element=int32
            %y.right = cast(%w) element=int32
            %y.right.transposed = transpose(%y.right) permutation=[1,0]
            %y.sums = matmul(%y.left, %y.right.transposed)
            %y.real = cast(%y.sums) element=float32
            %y = mul(%y.real, %y.scales)
            return %y
            """);
    }

    @Test
    void scales_that_differ_within_a_channel_stay() {
        PassTexts.assertUnchanged(new UseIntegers(), """
            %x: u8[1,2,3,3] = input
            %w: i8[1,2,2,2] = input
            %s: f32[] = constant [0.5]
            %t: f32[2,1,1] = constant [0.25, 2]
            %xf = cast(%x) element=float32
            %xr = mul(%xf, %s)
            %wf = cast(%w) element=float32
            %wr = mul(%wf, %t)
            %y = conv(%xr, %wr)
            return %y
            """);
    }

    @Test
    void sums_that_might_not_fit_stay_real() {
        PassTexts.assertUnchanged(new UseIntegers(), """
            %x: u16[3,4] = input
            %w: i16[4,2] = input
            %s: f32[] = constant [0.5]
            %xf = cast(%x) element=float32
            %xr = mul(%xf, %s)
            %wf = cast(%w) element=float32
            %wr = mul(%wf, %s)
            %y = matmul(%xr, %wr)
            return %y
            """);
    }

    @Test
    void one_product_beyond_the_largest_integer_stays_real() {
        // 32,768 · 65,536 = 2³¹ is one more than fits, 32,767 is not.
        PassTexts.assertUnchanged(new UseIntegers(), """
            %x: i16[1,1] = input
            %w: i32[1,1] = constant [65536]
            %s: f32[] = constant [0.5]
            %xf = cast(%x) element=float32
            %xr = mul(%xf, %s)
            %wf = cast(%w) element=float32
            %wr = mul(%wf, %s)
            %y = matmul(%xr, %wr)
            return %y
            """);
    }
}
