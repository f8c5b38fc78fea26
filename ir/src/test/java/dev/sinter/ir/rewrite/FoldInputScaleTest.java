package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class FoldInputScaleTest {
    private final Rule rule = new FoldInputScale();

    @Test
    void a_factor_per_channel_goes_into_the_weights_that_read_it() {
        assertRewritten(rule, """
            %x: f32[1,4,2,2] = input
            %w: f32[2,2,1,2] = constant [1, 1, 1, 1, 1, 1, 1, 1]
            %b: f32[2] = constant [7, 8]
            %factor: f32[4,1,1] = constant [1, 2, 3, 4]
            %h = mul(%x, %factor)
            %y = conv(%h, %w, %b) groups=2 pads=[1,1,1,1]
            return %y
            """, """
            %x: f32[1,4,2,2] = input
            %b: f32[2] = constant [7, 8]
            %w.folded: f32[2,2,1,2] = constant [1, 1, 2, 2, 3, 3, 4, 4]
            %y = conv(%x, %w.folded, %b) groups=2 pads=[1,1,1,1]
            return %y
            """);
    }

    @Test
    void an_addition_stays_since_padding_would_be_added_to() {
        assertUnchanged(rule, """
            %x: f32[1,1,2,2] = input
            %w: f32[1,1,2,2] = constant splat 1
            %mean: f32[] = constant [128]
            %h = sub(%x, %mean)
            %y = conv(%h, %w) pads=[1,1,1,1]
            return %y
            """);
    }

    @Test
    void a_product_that_others_read_too_stays() {
        assertUnchanged(rule, """
            %x: f32[1,1,2,2] = input
            %w: f32[1,1,2,2] = constant splat 1
            %half: f32[] = constant [0.5]
            %h = mul(%x, %half)
            %y = conv(%h, %w)
            return %y, %h
            """);
    }
}
