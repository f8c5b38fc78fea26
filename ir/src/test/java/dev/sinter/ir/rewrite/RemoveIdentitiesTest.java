package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class RemoveIdentitiesTest {
    private final Rule rule = new RemoveIdentities();

    @Test
    void readers_of_an_identity_read_what_it_read() {
        assertRewritten(rule, """
            %x: f32[2,3] = input
            %i = identity(%x)
            %d = dropout(%i) ratio=0.5
            %y = relu(%d)
            return %y
            """, """
            %x: f32[2,3] = input
            %y = relu(%x)
            return %y
            """);
    }

    @Test
    void attributes_that_change_nothing_make_an_identity() {
        assertRewritten(rule, """
            %x: f32[2,3] = input
            %r = reshape(%x) shape=[2,3]
            %t = transpose(%r) permutation=[0,1]
            %p = pad(%t) pads=[0,0,0,0] mode=reflect value=0
            %c = concat(%p) axis=1
            %f = flatten(%c) axis=1
            %l = clip(%f) min=-inf max=inf
            %y = relu(%l)
            return %y
            """, """
            %x: f32[2,3] = input
            %y = relu(%x)
            return %y
            """);
    }

    @Test
    void attributes_that_change_something_stay() {
        assertUnchanged(rule, """
            %x: f32[2,3] = input
            %r = reshape(%x) shape=[3,2]
            %t = transpose(%r) permutation=[1,0]
            %p = pad(%t) pads=[0,0,0,1] mode=constant value=0
            %c = concat(%p, %p) axis=1
            %l = clip(%c) min=-inf max=6
            return %l
            """);
    }

    @Test
    void an_output_keeps_its_name_and_is_computed_where_its_identity_was_read() {
        assertRewritten(rule, """
            %x: f32[2,3] = input
            %h = relu(%x)
            %y = identity(%h)
            %z = tanh(%h)
            return %y, %z
            """, """
            %x: f32[2,3] = input
            %y = relu(%x) @h
            %z = tanh(%y)
            return %y, %z
            """);
    }

    @Test
    void an_output_that_is_an_input_is_copied() {
        assertUnchanged(rule, """
            %x: f32[2,3] = input
            %y = identity(%x)
            return %y
            """);
    }

    @Test
    void an_output_that_is_a_constant_is_copied() {
        assertUnchanged(rule, """
            %c: f32[2] = constant [1, 2]
            %y = identity(%c)
            return %y
            """);
    }

    @Test
    void of_two_outputs_that_are_one_tensor_one_is_copied() {
        assertRewritten(rule, """
            %x: f32[2,3] = input
            %h = relu(%x)
            %i = identity(%h)
            %y = identity(%i)
            %z = identity(%i)
            return %y, %z
            """, """
            %x: f32[2,3] = input
            %y = relu(%x) @h
            %z = identity(%y)
            return %y, %z
            """);
    }
}
