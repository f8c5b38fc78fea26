package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class EliminateDeadCodeTest {
    private final Pass pass = new EliminateDeadCode();

    @Test
    void what_no_output_needs_goes_but_inputs_stay() {
        assertRewritten(pass, """
            %x: f32[2] = input
            %unread: f32[2] = input
            %c: f32[2] = constant [1, 2]
            %a = add(%x, %c)
            %b = tanh(%a)
            %y = relu(%x)
            return %y
            """, """
            %x: f32[2] = input
            %unread: f32[2] = input
            %y = relu(%x)
            return %y
            """);
    }

    @Test
    void a_constant_that_is_an_output_stays() {
        assertUnchanged(pass, """
            %x: f32[2] = input
            %c: f32[2] = constant [1, 2]
            return %c, %x
            """);
    }
}
