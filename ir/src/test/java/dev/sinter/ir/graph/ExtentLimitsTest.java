package dev.sinter.ir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sizes are checked where they are claimed, before anything is made of them.
class ExtentLimitsTest {
    private static CompileException refused(String input, String rest) {
        String text = "sinter.graph 1\ngraph g {\n  %x: " + input + " = input\n  " + rest + "\n  return %y\n}\n";
        return assertThrows(CompileException.class, () -> GraphParser.parse(text, "f"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        f32[3,1099511627776,2]  | %y = relu(%x) | 6597069766656 elements but a tensor of a network has at most
        f32[9223372036854775807,9] | %y = relu(%x) | 83010348331692982263 elements but at most
        f32[0,9223372036854775807] | %y = relu(%x) | 9223372036854775807 elements but at most
        f32[1,1,5,5]            | %y = max_pool(%x) kernel=[2147483647,3] pads=[1073741823,1,1073741823,1] | points
        f32[1,1,5,5]            | %y = max_pool(%x) kernel=[3,3] pads=[2000000000,9,2000000000,9] | make planes of more
        f32[1,1,5,5]            | %y = pad(%x) pads=[0,0,0,-9223372036854775808,0,0,0,5] mode=constant value=0 | must be from
        f32[1,1,5,5]            | %y = reshape(%x) shape=[25,9223372036854775807,9223372036854775807] | elements but at most
        f32[65536,32767]        | %y = concat(%x, %x) axis=0 | elements but a tensor of a network has at most
        """)
    void what_is_too_large_is_told_with_its_limit(String input, String node, String expected) {
        CompileException fault = refused(input, node);
        assertTrue(fault.toString().contains(expected), fault.toString());
    }

    @Test
    void a_mirror_along_many_dimensions_would_have_a_formula_without_end() {
        String twelve = String.join(",", Collections.nCopies(12, "2"));
        String ones = String.join(",", Collections.nCopies(24, "1"));
        CompileException fault =
                refused("f32[" + twelve + "]", "%y = pad(%x) pads=[" + ones + "] mode=reflect value=0");
        assertEquals(Code.ATTRIBUTE, fault.code());
        assertTrue(fault.fact().contains("along 12 dimensions but at most 4"), fault.fact());
    }

    @Test
    void shapes_have_a_limited_rank_and_are_shown_in_part() {
        List<Long> dims = Collections.nCopies(20_000, 1L);
        CompileException fault = assertThrows(CompileException.class, () -> new Shape(dims));
        assertEquals(
                "SHAPE-001 shape: shape [1, 1, 1, 1, 1, 1, … (20000 entries)] has rank 20000 but at most 32 is"
                        + " supported",
                fault.getMessage());
    }

    @Test
    void long_names_are_cut_in_messages() {
        CompileException fault = refused("f32[1]", "%y = relu(%" + "z".repeat(100_000) + ")");
        assertTrue(
                fault.toString().length() < 3500, () -> "of " + fault.toString().length() + " characters");
        CompileException other =
                new CompileException(Code.OPERANDS, "n".repeat(5000), "first " + "f".repeat(5000) + " last", null);
        assertTrue(other.getMessage().length() < 2100);
        assertTrue(other.fact().startsWith("first ") && other.fact().endsWith(" last"), other.fact());
    }

    @Test
    void a_fault_is_told_before_constants_are_made() {
        CompileException fault = refused("f32[1]", "%w: f32[2000000000] = constant random 2\n  no statement");
        assertTrue(fault.getMessage().contains("f:5:3: found 'no'"), fault.getMessage());
        fault = refused("f32[1]", "%w: f32[2000000000] = constant splat 2\n  no statement");
        assertTrue(fault.getMessage().contains("f:5:3: found 'no'"), fault.getMessage());
    }

    @Test
    void constants_that_the_text_does_not_hold_are_limited() {
        CompileException fault = refused("f32[1]", "%w: f32[2000000000] = constant random 2\n  %y = relu(%x)");
        assertTrue(fault.getMessage().contains("take 8000000000 bytes but a text may make"), fault.getMessage());
    }

    @Test
    void memory_is_not_taken_for_a_list_that_is_too_short() {
        CompileException fault = refused("f32[1]", "%w: f32[2000000000] = constant [1, 2]\n  %y = relu(%x)");
        assertTrue(fault.getMessage().contains("more characters but f32[2000000000] has"), fault.getMessage());
        fault = refused("f32[1]", "%w: f32[2000000000] = constant base64 \"AAAA\"\n  %y = relu(%x)");
        assertTrue(fault.getMessage().contains("more characters but f32[2000000000] has"), fault.getMessage());
    }
}
