package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class SplitBatchNormTest {
    private final Rule rule = new SplitBatchNorm();

    @Test
    void batch_norm_is_one_multiplication_and_one_addition() {
        assertRewritten(rule, """
            %x: f32[1,2,3,3] = input
            %scale: f32[2] = constant [2, 3]
            %bias: f32[2] = constant [10, 20]
            %mean: f32[2] = constant [3, 1]
            %variance: f32[2] = constant [3.75, 0]
            %y = batch_normalization(%x, %scale, %bias, %mean, %variance) epsilon=0.25
            return %y
            """, """
            %x: f32[1,2,3,3] = input
            %y.factor: f32[2,1,1] = constant [1, 6]
            %y.shift: f32[2,1,1] = constant [7, 14]
            %y.scaled = mul(%x, %y.factor) @y.scale
            %y = add(%y.scaled, %y.shift)
            return %y
            """);
    }

    @Test
    void scale_and_shift_after_it_go_along() {
        assertRewritten(rule, """
            %x: f32[1,2,3,3] = input
            %one: f32[2] = constant splat 1
            %mean: f32[2] = constant [3, 1]
            %factor: f32[2,1,1] = constant [2, 4]
            %shift: f32[2,1,1] = constant [10, 20]
            %n = batch_normalization(%x, %one, %one, %mean, %one) epsilon=0
            %f = mul(%n, %factor)
            %s = add(%f, %shift)
            %y = relu(%s)
            return %y
            """, """
            %x: f32[1,2,3,3] = input
            %s.factor: f32[2,1,1] = constant [2, 4]
            %s.shift: f32[2,1,1] = constant [6, 20]
            %s.scaled = mul(%x, %s.factor) @s.scale
            %s = add(%s.scaled, %s.shift)
            %y = relu(%s)
            return %y
            """);
    }

    @Test
    void what_is_added_before_stays_apart() {
        assertRewritten(rule, """
            %x: f32[1,2] = input
            %one: f32[2] = constant splat 1
            %mean: f32[2] = constant [3, 1]
            %a = sub(%x, %mean)
            %y = batch_normalization(%a, %one, %one, %mean, %one) epsilon=0
            return %y
            """, """
            %x: f32[1,2] = input
            %mean: f32[2] = constant [3, 1]
            %y.factor: f32[2] = constant splat 1
            %y.shift: f32[2] = constant [-2, 0]
            %a = sub(%x, %mean)
            %y.scaled = mul(%a, %y.factor) @y.scale
            %y = add(%y.scaled, %y.shift)
            return %y
            """);
    }

    @Test
    void multiplications_in_a_row_are_one() {
        assertRewritten(rule, """
            %x: f32[1,2,3] = input
            %a: f32[2,1] = constant [1, 2]
            %b: f32[1] = constant [4]
            %h = mul(%x, %a)
            %y = div(%h, %b)
            return %y
            """, """
            %x: f32[1,2,3] = input
            %y.factor: f32[2,1] = constant [0.25, 0.5]
            %y = mul(%x, %y.factor)
            return %y
            """);
    }

    @Test
    void one_multiplication_and_one_addition_stay() {
        assertUnchanged(rule, """
            %x: f32[1,2,3] = input
            %a: f32[2,1] = constant [1, 2]
            %b: f32[2,1] = constant [4, 5]
            %h = mul(%x, %a)
            %y = add(%h, %b)
            return %y
            """);
    }

    @Test
    void additions_in_a_row_stay_since_their_sum_would_round_otherwise() {
        assertUnchanged(rule, """
            %x: f32[1,2,3] = input
            %a: f32[2,1] = constant [1e8, 1e8]
            %b: f32[2,1] = constant [1, 1]
            %h = add(%x, %a)
            %y = add(%h, %b)
            return %y
            """);
    }

    @Test
    void parameters_that_are_not_constant_or_not_finite_are_left_alone() {
        assertUnchanged(rule, """
            %x: f32[1,1,2,2] = input
            %scale: f32[1] = input
            %one: f32[1] = constant [1]
            %zero: f32[1] = constant [0]
            %a = batch_normalization(%x, %scale, %one, %one, %one) epsilon=0
            %y = batch_normalization(%a, %one, %one, %one, %zero) epsilon=0
            return %y
            """);
    }
}
