package dev.sinter.ir.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.MemoryLimit;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// IR text that asks for too much: it is answered at once, with a graph or a fault.
class HostileTextTest {
    private static final int MEGABYTE = 1_000_000;
    private static final long LIMIT = 64L << 20;

    private static String graph(String body) {
        return "sinter.graph 1\ngraph g {\n" + body + "\n}\n";
    }

    private static void answers(String text) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> MemoryLimit.within(LIMIT, () -> {
                    try {
                        GraphParser.parse(text, "hostile.sir");
                    } catch (CompileException fault) {
                        assertTrue(String.valueOf(fault.getMessage()).length() < 5000, fault.getMessage());
                    }
                    return text;
                }));
    }

    private static void refused(Code code, String text) {
        CompileException fault = assertThrows(
                CompileException.class, () -> MemoryLimit.within(LIMIT, () -> GraphParser.parse(text, "hostile.sir")));
        assertEquals(code, fault.code(), fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "(", "{", "\"", "%", "9", "-", "@", "\\", "//", ",", "1e9", "\u0000", "\ud800", "é"})
    void a_megabyte_of_one_thing_is_answered(String part) {
        String much = part.repeat(MEGABYTE / part.length());
        answers(much);
        answers(graph("%x: f32[" + much + "] = input\nreturn %x"));
        answers(graph("%x: f32[1] = constant " + much + "\nreturn %x"));
        answers(graph("%x: f32[1] = constant [" + much + "]\nreturn %x"));
        answers(graph("%x: f32[1] = input\n%y = " + much + "(%x)\nreturn %y"));
        answers(graph("%x: f32[1] = input\n%y = softmax(%x) axis=" + much + "\nreturn %y"));
        answers(graph("%" + much + ": f32[1] = input\nreturn %" + much));
    }

    @Test
    void numbers_of_any_length_and_size_are_read_at_once() {
        for (String number :
                new String[] {"1e999999999", "1e-999999999", "9".repeat(MEGABYTE), "0." + "0".repeat(MEGABYTE)}) {
            answers(graph("%x: f32[1] = constant [" + number + "]\nreturn %x"));
            answers(graph("%x: i64[1] = constant [" + number + "]\nreturn %x"));
            answers(graph("%x: f32[" + number + "] = input\nreturn %x"));
            answers(graph("%x: f32[1] = input\n%y = leaky_relu(%x) alpha=" + number + "\nreturn %y"));
            answers(graph("%x: f32[1] = constant random " + number + "\nreturn %x"));
        }
    }

    @Test
    void a_constant_that_a_text_makes_stays_below_the_limit() {
        refused(Code.MEMORY, graph("%x: f32[20000000] = constant splat 1\nreturn %x"));
        refused(Code.MEMORY, graph("%x: f32[20000000] = constant random 1\nreturn %x"));
        String many = IntStream.range(0, 1000)
                .mapToObj(i -> "%x" + i + ": f32[100000] = constant splat 1")
                .collect(Collectors.joining("\n"));
        refused(Code.MEMORY, graph(many + "\nreturn %x0"));
    }

    @Test
    void data_shorter_than_its_shape_takes_no_memory_for_the_shape() {
        refused(Code.TEXT_SYNTAX, graph("%x: f32[1000000000] = constant [1, 2]\nreturn %x"));
        refused(Code.TEXT_SYNTAX, graph("%x: f32[1000000000] = constant base64 \"AAAA\"\nreturn %x"));
    }

    @Test
    void long_lists_of_definitions_are_looked_through_once() {
        answers(graph(IntStream.range(0, 40_000)
                        .mapToObj(i -> "%xxxxxxxxxxxx" + i + ": f32[1] = input")
                        .collect(Collectors.joining("\n"))
                + "\nreturn %yyyyyyyyyyyy"));
        answers(graph("%x: f32[1] = input\n%y = softmax(%x)" + " axis=0".repeat(100_000) + "\nreturn %y"));
        answers(graph("%x: f32[1] = input\n%y = concat(%x" + ",%x".repeat(300_000) + ") axis=0\nreturn %y"));
        answers(graph("%x: f32[1] = input\nreturn %x" + ",%x".repeat(300_000)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4611686018427387904",
                "-4611686018427387904",
                "9223372036854775807",
                "-9223372036854775808",
                "99999999999999999999",
                "2147483648",
                "1.5",
                "nan",
                "0",
                "-1"
            })
    void attributes_near_the_ends_of_what_a_long_holds_are_taken_or_refused(String v) {
        for (String node : new String[] {
            "conv(%x, %w) strides=[V,V]",
            "conv(%x, %w) pads=[V,V,V,V]",
            "conv(%x, %w) dilations=[V,V]",
            "conv(%x, %w) groups=V",
            "winograd_conv(%x, %w) tile=V",
            "conv_transpose(%x, %w) strides=[V,V]",
            "conv_transpose(%x, %w) pads=[V,V,V,V]",
            "conv_transpose(%x, %w) output_pads=[V,V]",
            "max_pool(%x) kernel=[V,V]",
            "max_pool(%x) kernel=[2,2] strides=[V,V] ceil_mode=true",
            "average_pool(%x) kernel=[2,2] pads=[V,V,V,V]",
            "average_pool_gradient(%x) kernel=[2,2] extents=[V,V]",
            "pad(%x) pads=[0,0,V,V,0,0,V,V] mode=constant value=0",
            "pad(%x) pads=[0,0,V,V,0,0,V,V] mode=reflect value=0",
            "reshape(%x) shape=[V,V]",
            "softmax(%x) axis=V",
            "flatten(%x) axis=V",
            "concat(%x, %x) axis=V",
            "transpose(%x) permutation=[V,0,1,2]",
            "lrn(%x) size=V alpha=1 beta=1 bias=1",
            "reduce_sum(%x) axes=[V] keep_dims=true"
        }) {
            answers(graph("%x: f32[1,1,8,8] = input\n%w: f32[1,1,3,3] = constant random 1\n%y = " + node.replace("V", v)
                    + "\nreturn %y"));
        }
    }
}
