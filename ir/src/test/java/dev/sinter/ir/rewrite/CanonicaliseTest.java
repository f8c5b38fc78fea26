package dev.sinter.ir.rewrite;

import static dev.sinter.ir.rewrite.PassTexts.assertRewritten;
import static dev.sinter.ir.rewrite.PassTexts.assertUnchanged;

import org.junit.jupiter.api.Test;

class CanonicaliseTest {
    private final Rule rule = new Canonicalise();

    @Test
    void a_flatten_is_a_reshape() {
        assertRewritten(rule, """
            %x: f32[2,3,4,5] = input
            %y = flatten(%x) axis=2
            return %y
            """, """
            %x: f32[2,3,4,5] = input
            %y = reshape(%x) shape=[6,20]
            return %y
            """);
    }

    @Test
    void reshapes_in_a_row_are_one() {
        assertRewritten(rule, """
            %x: f32[2,3,4,5] = input
            %a = reshape(%x) shape=[120]
            %b = flatten(%a) axis=0
            %y = reshape(%b) shape=[10,12]
            return %y
            """, """
            %x: f32[2,3,4,5] = input
            %y = reshape(%x) shape=[10,12]
            return %y
            """);
    }

    @Test
    void a_reshape_that_others_read_too_stays_beside_the_merged_one() {
        assertRewritten(rule, """
            %x: f32[2,3] = input
            %a = reshape(%x) shape=[6]
            %y = reshape(%a) shape=[3,2]
            return %y, %a
            """, """
            %x: f32[2,3] = input
            %a = reshape(%x) shape=[6]
            %y = reshape(%x) shape=[3,2]
            return %y, %a
            """);
    }

    @Test
    void transposes_in_a_row_are_one() {
        assertRewritten(rule, """
            %x: f32[2,3,4] = input
            %a = transpose(%x) permutation=[1,2,0]
            %y = transpose(%a) permutation=[1,0,2]
            return %y
            """, """
            %x: f32[2,3,4] = input
            %y = transpose(%x) permutation=[2,1,0]
            return %y
            """);
    }

    @Test
    void a_transpose_that_moves_dimensions_of_one_element_is_a_reshape() {
        assertRewritten(rule, """
            %x: f32[2,8,1,1] = input
            %y = transpose(%x) permutation=[0,2,3,1]
            return %y
            """, """
            %x: f32[2,8,1,1] = input
            %y = reshape(%x) shape=[2,1,1,8]
            return %y
            """);
    }

    @Test
    void reshapes_with_something_between_them_stay() {
        assertUnchanged(rule, """
            %x: f32[2,3] = input
            %a = reshape(%x) shape=[3,2]
            %b = transpose(%a) permutation=[1,0]
            %y = reshape(%b) shape=[6]
            return %y
            """);
    }
}
