package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class ActivatePiecesTest {
    private final Rule rule = new ActivatePieces();

    @Test
    void each_piece_is_activated() {
        assertRewritten(rule, """
            %x: f32[1,2,3,3] = input
            %w: f32[1,2,1,1] = constant [1, 2]
            %a = conv(%x, %w)
            %b = tanh(%x)
            %j = concat(%a, %b) axis=1
            %y = clip(%j) min=0 max=6
            return %y
            """, """
            %x: f32[1,2,3,3] = input
            %w: f32[1,2,1,1] = constant [1, 2]
            %a = conv(%x, %w)
            %b = tanh(%x)
            %a.clip = clip(%a) min=0 max=6
            %b.clip = clip(%b) min=0 max=6
            %y = concat(%a.clip, %b.clip) axis=1
            return %y
            """);
    }

    @Test
    void a_concatenation_that_is_read_elsewhere_stays() {
        assertUnchanged(rule, """
            %x: f32[1,2,3,3] = input
            %a = exp(%x)
            %b = tanh(%x)
            %j = concat(%a, %b) axis=1
            %y = relu(%j)
            %z = softmax(%j) axis=1
            return %y, %z
            """);
    }

    @Test
    void a_piece_that_is_read_elsewhere_would_be_another_tensor() {
        assertUnchanged(rule, """
            %x: f32[1,2,3,3] = input
            %a = exp(%x)
            %b = tanh(%a)
            %j = concat(%a, %b) axis=1
            %y = relu(%j)
            return %y
            """);
    }

    @Test
    void an_input_has_no_kernel_to_activate_it() {
        assertUnchanged(rule, """
            %x: f32[1,2,3,3] = input
            %b = tanh(%x)
            %j = concat(%x, %b) axis=1
            %y = relu(%j)
            return %y
            """);
    }
}
