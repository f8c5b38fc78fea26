package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class EliminateCommonSubexpressionsTest {
    private final Pass pass = new EliminateCommonSubexpressions();

    @Test
    void equal_chains_are_computed_once() {
        assertRewritten(pass, """
            %x: f32[2] = input
            %a = relu(%x)
            %b = tanh(%a)
            %c = relu(%x)
            %d = tanh(%c)
            %y = sub(%b, %d)
            return %y
            """, """
            %x: f32[2] = input
            %a = relu(%x)
            %b = tanh(%a)
            %y = sub(%b, %b)
            return %y
            """);
    }

    @Test
    void equal_constants_are_one() {
        assertRewritten(pass, """
            %x: f32[2] = input
            %c: f32[2] = constant [1, 2]
            %d: f32[2] = constant [1, 2]
            %a = mul(%x, %c)
            %b = mul(%d, %x)
            %y = add(%a, %b)
            return %y
            """, """
            %x: f32[2] = input
            %c: f32[2] = constant [1, 2]
            %a = mul(%x, %c)
            %y = add(%a, %a)
            return %y
            """);
    }

    @Test
    void constants_that_differ_in_type_or_sign_of_zero_are_not() {
        assertUnchanged(pass, """
            %x: f32[2] = input
            %c: f32[2] = constant [1, 0]
            %d: f32[2] = constant [1, -0]
            %e: f32[1,2] = constant [1, 0]
            %a = add(%x, %c)
            %b = add(%a, %d)
            %y = add(%b, %e)
            return %y
            """);
    }

    @Test
    void different_attributes_or_operands_are_not_the_same() {
        assertUnchanged(pass, """
            %x: f32[1,2,4,4] = input
            %a = max_pool(%x) kernel=[1,1]
            %b = max_pool(%x) kernel=[2,2] pads=[0,0,0,0] strides=[2,2]
            %c = sub(%a, %x)
            %d = sub(%x, %a)
            return %b, %c, %d
            """);
    }

    @Test
    void an_output_keeps_its_name() {
        assertRewritten(pass, """
            %x: f32[2] = input
            %a = relu(%x)
            %y = relu(%x)
            %z = tanh(%a)
            return %y, %z
            """, """
            %x: f32[2] = input
            %y = relu(%x) @a
            %z = tanh(%y)
            return %y, %z
            """);
    }

    @Test
    void two_outputs_are_computed_twice() {
        assertUnchanged(pass, """
            %x: f32[2] = input
            %a = relu(%x)
            %y = relu(%x)
            return %a, %y
            """);
    }
}
