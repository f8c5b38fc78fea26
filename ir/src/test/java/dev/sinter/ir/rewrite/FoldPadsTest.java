package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class FoldPadsTest {
    private final Rule rule = new FoldPads();

    @Test
    void zeros_around_a_convolution_are_its_own_padding() {
        assertRewritten(rule, """
            %x: f32[1,1,4,5] = input
            %w: f32[1,1,3,3] = constant splat 1
            %p = pad(%x) pads=[0,0,0,1,0,0,2,3] mode=constant value=0
            %y = conv(%p, %w) pads=[1,1,1,1] strides=[2,2]
            return %y
            """, """
            %x: f32[1,1,4,5] = input
            %w: f32[1,1,3,3] = constant splat 1
            %y = conv(%x, %w) pads=[1,2,3,4] strides=[2,2]
            return %y
            """);
    }

    @Test
    void other_padding_of_a_convolution_stays() {
        assertUnchanged(rule, """
            %x: f32[1,1,4,5] = input
            %w: f32[1,1,3,3] = constant splat 1
            %v: f32[1,3,3,3] = constant splat 1
            %one = pad(%x) pads=[0,0,1,1,0,0,1,1] mode=constant value=1
            %edge = pad(%x) pads=[0,0,1,1,0,0,1,1] mode=edge value=0
            %crop = pad(%x) pads=[0,0,1,1,0,0,1,-1] mode=constant value=0
            %channels = pad(%x) pads=[0,1,1,1,0,1,1,1] mode=constant value=0
            %a = conv(%one, %w)
            %b = conv(%edge, %w)
            %c = conv(%crop, %w)
            %d = conv(%channels, %v)
            return %a, %b, %c, %d
            """);
    }

    @Test
    void padding_that_others_read_too_stays() {
        assertUnchanged(rule, """
            %x: f32[1,1,4,5] = input
            %w: f32[1,1,3,3] = constant splat 1
            %p = pad(%x) pads=[0,0,1,1,0,0,1,1] mode=constant value=0
            %a = conv(%p, %w)
            return %a, %p
            """);
    }

    @Test
    void infinities_around_a_max_pool_are_its_own_padding() {
        assertRewritten(rule, """
            %x: f32[1,1,4,5] = input
            %p = pad(%x) pads=[0,0,1,1,0,0,1,1] mode=constant value=-inf
            %y = max_pool(%p) kernel=[3,3] strides=[2,2]
            return %y
            """, """
            %x: f32[1,1,4,5] = input
            %y = max_pool(%x) kernel=[3,3] strides=[2,2] pads=[1,1,1,1]
            return %y
            """);
    }

    @Test
    void zeros_around_a_max_pool_after_a_relu_are_its_own_padding() {
        assertRewritten(rule, """
            %x: f32[1,1,4,5] = input
            %r = relu(%x)
            %p = pad(%r) pads=[0,0,1,1,0,0,1,1] mode=constant value=0
            %y = max_pool(%p) kernel=[3,3] strides=[2,2]
            return %y
            """, """
            %x: f32[1,1,4,5] = input
            %r = relu(%x)
            %y = max_pool(%r) kernel=[3,3] strides=[2,2] pads=[1,1,1,1]
            return %y
            """);
    }

    @Test
    void zeros_around_a_max_pool_stay_where_they_may_win() {
        assertUnchanged(rule, """
            %x: f32[1,1,4,5] = input
            %r = relu(%x)
            %p = pad(%x) pads=[0,0,1,1,0,0,1,1] mode=constant value=0
            %begin = pad(%r) pads=[0,0,0,3,0,0,0,0] mode=constant value=0
            %end = pad(%r) pads=[0,0,0,0,0,0,0,3] mode=constant value=0
            %a = max_pool(%p) kernel=[3,3]
            %b = max_pool(%begin) kernel=[3,3]
            %c = max_pool(%end) kernel=[3,3]
            %d = max_pool(%begin) kernel=[3,3] dilations=[1,2]
            return %a, %b, %c, %d
            """);
    }

    @Test
    void zeros_around_an_average_pool_are_its_own_padding_if_it_counts_them() {
        assertRewritten(rule, """
            %x: f32[1,1,4,5] = input
            %p = pad(%x) pads=[0,0,1,1,0,0,1,1] mode=constant value=0
            %q = pad(%x) pads=[0,0,1,1,0,0,1,1] mode=constant value=0
            %y = average_pool(%p) kernel=[2,2] count_include_pad=false
            %z = average_pool(%q) kernel=[3,3] pads=[0,1,0,1] count_include_pad=true
            return %y, %z
            """, """
            %x: f32[1,1,4,5] = input
            %y = average_pool(%x) kernel=[2,2] pads=[1,1,1,1] count_include_pad=true
            %z = average_pool(%x) kernel=[3,3] pads=[1,2,1,2] count_include_pad=true
            return %y, %z
            """);
    }

    @Test
    void zeros_around_an_average_pool_that_leaves_its_own_padding_out_stay() {
        assertUnchanged(rule, """
            %x: f32[1,1,4,5] = input
            %p = pad(%x) pads=[0,0,1,1,0,0,1,1] mode=constant value=0
            %y = average_pool(%p) kernel=[3,3] pads=[1,1,1,1] count_include_pad=false
            return %y
            """);
    }

    @Test
    void a_last_window_that_would_be_left_out_keeps_the_padding_apart() {
        assertUnchanged(rule, """
            %x: f32[1,1,2,2] = input
            %p = pad(%x) pads=[0,0,0,0,0,0,1,1] mode=constant value=-inf
            %y = max_pool(%p) kernel=[2,2] strides=[2,2] ceil_mode=true
            return %y
            """);
    }
}
