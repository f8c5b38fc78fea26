package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class FoldBatchNormTest {
    private final Rule rule = new FoldBatchNorm();

    @Test
    void batch_norm_goes_into_weights_and_bias() {
        assertRewritten(rule, """
            %x: f32[1,2,1,1] = input
            %w: f32[2,2,1,1] = constant [1, 2, 3, 4]
            %b: f32[2] = constant [1, -1]
            %scale: f32[2] = constant [2, 3]
            %bias: f32[2] = constant [10, 20]
            %mean: f32[2] = constant [3, 1]
            %variance: f32[2] = constant [3.75, 0]
            %h = conv(%x, %w, %b)
            %y = batch_normalization(%h, %scale, %bias, %mean, %variance) epsilon=0.25
            return %y
            """, """
            %x: f32[1,2,1,1] = input
            %w.folded: f32[2,2,1,1] = constant [1, 2, 18, 24]
            %b.folded: f32[2] = constant [8, 8]
            %y = conv(%x, %w.folded, %b.folded) @h
            return %y
            """);
    }

    @Test
    void a_convolution_without_bias_gets_one() {
        assertRewritten(rule, """
            %x: f32[1,1,3,3] = input
            %w: f32[2,1,1,1] = constant [1, 2]
            %one: f32[2] = constant [1, 1]
            %zero: f32[2] = constant [0, 0]
            %mean: f32[2] = constant [3, 1]
            %h = conv(%x, %w)
            %y = batch_normalization(%h, %one, %zero, %mean, %one) epsilon=0
            return %y
            """, """
            %x: f32[1,1,3,3] = input
            %w: f32[2,1,1,1] = constant [1, 2]
            %h.bias: f32[2] = constant [-3, -1]
            %y = conv(%x, %w, %h.bias) @h
            return %y
            """);
    }

    @Test
    void a_whole_run_of_scales_and_shifts_goes_at_once() {
        assertRewritten(rule, """
            %x: f32[1,1,3,3] = input
            %w: f32[2,1,1,1] = constant [1, 2]
            %one: f32[2] = constant [1, 1]
            %zero: f32[2] = constant [0, 0]
            %mean: f32[2] = constant [3, 1]
            %factor: f32[2,1,1] = constant [2, 4]
            %shift: f32[1,2,1,1] = constant [10, 20]
            %half: f32[] = constant [0.5]
            %h = conv(%x, %w)
            %n = batch_normalization(%h, %one, %zero, %mean, %one) epsilon=0
            %f = mul(%factor, %n)
            %s = add(%f, %shift)
            %d = div(%s, %half)
            %y = sub(%half, %d)
            return %y
            """, """
            %x: f32[1,1,3,3] = input
            %w.folded: f32[2,1,1,1] = constant [-4, -16]
            %h.bias: f32[2] = constant [-7.5, -31.5]
            %y = conv(%x, %w.folded, %h.bias) @h
            return %y
            """);
    }

    @Test
    void the_channels_of_a_grouped_transposed_convolution_are_found() {
        assertRewritten(rule, """
            %x: f32[1,4,1,1] = input
            %w: f32[4,2,1,1] = constant [1, 1, 1, 1, 1, 1, 1, 1]
            %factor: f32[4,1,1] = constant [1, 2, 3, 4]
            %h = conv_transpose(%x, %w) output_pads=[0,0] groups=2
            %y = mul(%h, %factor)
            return %y
            """, """
            %x: f32[1,4,1,1] = input
            %w.folded: f32[4,2,1,1] = constant [1, 2, 1, 2, 3, 4, 3, 4]
            %y = conv_transpose(%x, %w.folded) output_pads=[0,0] groups=2 @h
            return %y
            """);
    }

    @Test
    void a_fully_connected_layer_takes_it_with_weights_stored_either_way() {
        assertRewritten(rule, """
            %x: f32[1,2] = input
            %w: f32[2,3] = constant [1, 1, 1, 1, 1, 1]
            %v: f32[2,3] = constant [1, 1, 1, 1, 1, 1]
            %c: f32[1] = constant [1]
            %factor: f32[3] = constant [1, 2, 3]
            %two: f32[1,2] = constant [4, 5]
            %a = gemm(%x, %w, %c) alpha=3 beta=2 transpose_a=false transpose_b=false
            %b = mul(%a, %factor)
            %d = gemm(%b, %v) alpha=1 beta=1 transpose_a=false transpose_b=true
            %y = mul(%d, %two)
            return %y
            """, """
            %x: f32[1,2] = input
            %w.folded: f32[2,3] = constant [1, 2, 3, 1, 2, 3]
            %c.folded: f32[3] = constant [2, 4, 6]
            %v.folded: f32[2,3] = constant [4, 4, 4, 5, 5, 5]
            %b = gemm(%x, %w.folded, %c.folded) alpha=3 beta=1 transpose_a=false transpose_b=false @a
            %y = gemm(%b, %v.folded) alpha=1 beta=1 transpose_a=false transpose_b=true @d
            return %y
            """);
    }

    @Test
    void weights_that_two_convolutions_share_are_folded_for_each() {
        assertRewritten(rule, """
            %x: f32[1,1,2,2] = input
            %w: f32[1,1,1,1] = constant [1]
            %two: f32[] = constant [2]
            %three: f32[] = constant [3]
            %a = conv(%x, %w)
            %b = mul(%a, %two)
            %c = conv(%b, %w)
            %y = mul(%c, %three)
            return %y
            """, """
            %x: f32[1,1,2,2] = input
            %w.folded: f32[1,1,1,1] = constant [2]
            %w.folded.2: f32[1,1,1,1] = constant [3]
            %b = conv(%x, %w.folded) @a
            %y = conv(%b, %w.folded.2) @c
            return %y
            """);
    }

    @Test
    void a_convolution_that_others_read_too_is_not_folded_into() {
        assertUnchanged(rule, """
            %x: f32[1,1,2,2] = input
            %w: f32[1,1,1,1] = constant [1]
            %two: f32[] = constant [2]
            %h = conv(%x, %w)
            %y = mul(%h, %two)
            return %y, %h
            """);
    }

    @Test
    void of_a_run_that_others_read_in_its_middle_only_the_part_above_is_folded() {
        assertRewritten(rule, """
            %x: f32[1,1,2,2] = input
            %w: f32[1,1,1,1] = constant [1]
            %two: f32[] = constant [2]
            %h = conv(%x, %w)
            %m = mul(%h, %two)
            %y = add(%m, %two)
            return %y, %m
            """, """
            %x: f32[1,1,2,2] = input
            %two: f32[] = constant [2]
            %w.folded: f32[1,1,1,1] = constant [2]
            %m = conv(%x, %w.folded) @h
            %y = add(%m, %two)
            return %y, %m
            """);
    }

    @Test
    void weights_and_parameters_that_are_not_constant_are_left_alone() {
        assertUnchanged(rule, """
            %x: f32[1,1,2,2] = input
            %w: f32[1,1,1,1] = input
            %two: f32[] = constant [2]
            %v: f32[1,1,1,1] = constant [1]
            %factor: f32[1,1,1] = input
            %a = conv(%x, %w)
            %b = mul(%a, %two)
            %c = conv(%b, %v)
            %d = mul(%c, %factor)
            return %d
            """);
    }

    @Test
    void a_constant_that_varies_within_a_channel_is_left_alone() {
        assertUnchanged(rule, """
            %x: f32[1,1,2,2] = input
            %w: f32[2,1,1,1] = constant [1, 2]
            %columns: f32[2] = constant [2, 3]
            %rows: f32[2,1] = constant [2, 3]
            %h = conv(%x, %w)
            %a = mul(%h, %columns)
            %y = mul(%a, %rows)
            return %y
            """);
    }

    @Test
    void a_constant_that_stretches_the_output_is_left_alone() {
        assertUnchanged(rule, """
            %x: f32[1,1,2,2] = input
            %w: f32[1,1,1,1] = constant [1]
            %factor: f32[3,1,1] = constant [2, 3, 4]
            %images: f32[2,1,1,1] = constant splat 2
            %h = conv(%x, %w)
            %y = mul(%h, %factor)
            %g = conv(%x, %w)
            %z = mul(%g, %images)
            return %y, %z
            """);
    }

    @Test
    void weights_that_would_overflow_are_left_alone() {
        assertUnchanged(rule, """
            %x: f32[1,1,2,2] = input
            %w: f32[1,1,1,1] = constant [1e30]
            %factor: f32[] = constant [1e30]
            %h = conv(%x, %w)
            %y = mul(%h, %factor)
            return %y
            """);
    }
}
