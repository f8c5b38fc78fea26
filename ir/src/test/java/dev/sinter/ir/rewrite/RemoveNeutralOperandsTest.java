package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class RemoveNeutralOperandsTest {
    private final Rule rule = new RemoveNeutralOperands();

    @Test
    void arithmetic_that_changes_no_bit_goes() {
        assertRewritten(rule, """
            %x: f32[2,3] = input
            %one: f32[3] = constant splat 1
            %zero: f32[] = constant [0]
            %negative_zero: f32[] = constant [-0]
            %least: f32[] = constant [-inf]
            %most: f32[] = constant [inf]
            %a = mul(%x, %one)
            %b = mul(%one, %a)
            %c = div(%b, %one)
            %d = sub(%c, %zero)
            %e = add(%negative_zero, %d)
            %f = pow(%e, %one)
            %g = max(%f, %least)
            %h = min(%most, %g)
            %y = relu(%h)
            return %y
            """, """
            %x: f32[2,3] = input
            %y = relu(%x)
            return %y
            """);
    }

    @Test
    void adding_zero_stays_since_it_changes_the_sign_of_a_negative_zero() {
        assertUnchanged(rule, """
            %x: f32[2,3] = input
            %zero: f32[] = constant [0]
            %negative_zero: f32[] = constant [-0]
            %a = add(%x, %zero)
            %b = sub(%a, %negative_zero)
            return %b
            """);
    }

    @Test
    void adding_zero_to_integers_goes() {
        assertRewritten(rule, """
            %x: i32[2,3] = input
            %zero: i32[] = constant [0]
            %a = add(%x, %zero)
            %y = max(%a, %x)
            return %y
            """, """
            %x: i32[2,3] = input
            %y = max(%x, %x)
            return %y
            """);
    }

    @Test
    void a_neutral_constant_that_stretches_the_other_operand_stays() {
        assertUnchanged(rule, """
            %x: f32[1,3] = input
            %one: f32[2,1] = constant splat 1
            %a = mul(%x, %one)
            return %a
            """);
    }

    @Test
    void what_is_neutral_on_the_right_only_stays_on_the_left() {
        assertUnchanged(rule, """
            %x: f32[3] = input
            %one: f32[] = constant [1]
            %zero: f32[] = constant [0]
            %a = div(%one, %x)
            %b = sub(%zero, %a)
            %c = pow(%one, %b)
            return %c
            """);
    }

    @Test
    void a_constant_that_is_neutral_in_part_stays() {
        assertUnchanged(rule, """
            %x: f32[2] = input
            %c: f32[2] = constant [1, 2]
            %y = mul(%x, %c)
            return %y
            """);
    }
}
