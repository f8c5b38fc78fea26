package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class NarrowToHalfTest {
    private final Pass pass = new NarrowToHalf();

    @Test
    void inputs_and_outputs_keep_their_types_and_weights_are_narrowed() {
        assertRewritten(pass, """
            %x: f32[1,1,4,4] = input
            %w: f32[1,1,2,2] = constant [1, 2, 3, 0.1]
            %h = conv(%x, %w)
            %y = relu(%h)
            return %y
            """, """
            %x: f32[1,1,4,4] = input
            %w/f16: f16[1,1,2,2] = constant [1, 2, 3, 0.099975586]
            %x/f16 = cast(%x) element=float16
            %h/f16 = conv(%x/f16, %w/f16) @h
            %y/f16 = relu(%h/f16) @y
            %y = cast(%y/f16) element=float32 @y/cast
            return %y
            """);
    }

    @Test
    void functions_that_grow_and_long_sums_stay_in_single_precision() {
        assertRewritten(pass, """
            %x: f32[2,4] = input
            %h = relu(%x)
            %e = softmax(%h) axis=1
            %y = add(%e, %h)
            return %y
            """, """
            %x: f32[2,4] = input
            %x/f16 = cast(%x) element=float16
            %h/f16 = relu(%x/f16) @h
            %h = cast(%h/f16) element=float32 @h/cast
            %e = softmax(%h) axis=1
            %e/f16 = cast(%e) element=float16
            %y/f16 = add(%e/f16, %h/f16) @y
            %y = cast(%y/f16) element=float32 @y/cast
            return %y
            """);
        assertUnchanged(pass, """
            %x: f32[1,2049] = input
            %w: f32[2049,3] = constant random 1
            %y = matmul(%x, %w)
            return %y
            """);
        assertUnchanged(pass, """
            %x: f32[1,8] = input
            %e = exp(%x)
            %r = reshape(%e) shape=[2,4]
            %y = reduce_sum(%r) axes=[1] keep_dims=false
            return %y
            """);
    }

    @Test
    void what_reads_a_constant_beyond_the_largest_number_stays() {
        assertUnchanged(pass, """
            %x: f32[2] = input
            %far: f32[2] = constant [0, -1e9]
            %y = add(%x, %far)
            return %y
            """);
    }

    @Test
    void integers_stay_integers() {
        assertUnchanged(pass, """
            %x: i32[2,4] = input
            %y = relu(%x)
            return %y
            """);
    }

    @Test
    void what_only_moves_keeps_the_type_in_which_it_comes() {
        assertRewritten(pass, """
            %x: f32[2,4] = input
            %h = relu(%x)
            %t = transpose(%h) permutation=[1,0]
            %y = exp(%t)
            return %y
            """, """
            %x: f32[2,4] = input
            %x/f16 = cast(%x) element=float16
            %h/f16 = relu(%x/f16) @h
            %t/f16 = transpose(%h/f16) permutation=[1,0] @t
            %t = cast(%t/f16) element=float32 @t/cast
            %y = exp(%t)
            return %y
            """);
    }

    @Test
    void what_reads_places_in_a_picture_stays_in_single_precision() {
        assertRewritten(pass, """
            %x: f32[1,1,4,4] = input
            %g: f32[1,2,2,2] = input
            %h = relu(%x)
            %y = grid_sample(%h, %g) mode=linear padding=zeros align_corners=false
            return %y
            """, """
            %x: f32[1,1,4,4] = input
            %g: f32[1,2,2,2] = input
            %x/f16 = cast(%x) element=float16
            %h/f16 = relu(%x/f16) @h
            %h = cast(%h/f16) element=float32 @h/cast
            %y = grid_sample(%h, %g) mode=linear padding=zeros align_corners=false
            return %y
            """);
        assertRewritten(pass, """
            %x: f32[1,1,4,4] = input
            %w: f32[1,1,1,1] = input
            %o: f32[1,2,4,4] = input
            %h = relu(%x)
            %y = deform_conv(%h, %w, %o) groups=1 offset_groups=1 masked=false
            return %y
            """, """
            %x: f32[1,1,4,4] = input
            %w: f32[1,1,1,1] = input
            %o: f32[1,2,4,4] = input
            %x/f16 = cast(%x) element=float16
            %h/f16 = relu(%x/f16) @h
            %h = cast(%h/f16) element=float32 @h/cast
            %y = deform_conv(%h, %w, %o) groups=1 offset_groups=1 masked=false
            return %y
            """);
    }

    @Test
    void a_name_that_is_taken_gets_a_number() {
        assertRewritten(pass, """
            %x: f32[4] = input
            %h/f16 = relu(%x)
            %h = negate(%h/f16)
            return %h
            """, """
            %x: f32[4] = input
            %x/f16 = cast(%x) element=float16
            %h/f16/f16 = relu(%x/f16) @h/f16
            %h/f16.2 = negate(%h/f16/f16) @h
            %h = cast(%h/f16.2) element=float32 @h/cast
            return %h
            """);
    }
}
