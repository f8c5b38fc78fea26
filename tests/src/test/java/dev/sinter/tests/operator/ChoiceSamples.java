package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.x;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Comparisons, truth values, and what chooses by them.
@NullMarked
final class ChoiceSamples {
    static final List<Sample> ALL = List.of(
            of("equal", "equal", "", x(2, 17), x(17)),
            of("less", "less", "", x(1, 5, 3, 7), x(5, 1, 1)),
            of("less_equal", "less_equal", "", x(33), x()),
            of("greater", "greater", "", x(2, 3, 5), x(3, 1)),
            of("greater_equal", "greater_equal", "", x(1, 16, 3, 5), x(1, 16, 3, 5)),
            Sample.of("comparisons_of_bytes", """
                %x: u8[2,33] = input
                %z: u8[33] = constant random 1 integers 0 255
                %less = less(%x, %z)
                %equal = equal(%x, %z)
                %y = or(%less, %equal)
                return %y\
                """),
            Sample.of("comparisons_of_unsigned_longs", """
                %x: u64[5,7] = input
                %z: u64[7] = constant [0, 1, 9223372036854775807, 9223372036854775808, 18446744073709551615, 5, 6]
                %less = less(%x, %z)
                %least = less_equal(%z, %x)
                %y = xor(%less, %least)
                return %y\
                """),
            Sample.of("comparisons_of_longs", """
                %x: i64[5,7] = input
                %z: i64[5,1] = constant [-3, 0, 1, 2, 8]
                %y = greater(%x, %z)
                return %y\
                """),
            Sample.of("functions_of_truth_values", """
                %a: bool[3,17] = input
                %b: bool[17] = input
                %and = and(%a, %b)
                %or = or(%a, %and)
                %xor = xor(%or, %b)
                %y = not(%xor)
                return %y\
                """),
            Sample.of("equal_truth_values", """
                %a: bool[3,5,7] = input
                %b: bool[5,1] = input
                %y = equal(%a, %b)
                return %y\
                """),
            Sample.of("where", """
                %c: bool[2,5,7,3] = input
                %a: f32[2,5,7,3] = input
                %b: f32[2,5,7,3] = input
                %y = where(%c, %a, %b)
                return %y\
                """),
            Sample.of("where_all_are_stretched", """
                %c: bool[3,1,7] = input
                %a: f32[1,16,1] = input
                %b: f32[7] = input
                %y = where(%c, %a, %b)
                return %y\
                """),
            Sample.of("where_of_longs", """
                %c: bool[5,1] = input
                %a: i64[5,17] = input
                %b: i64[17] = constant random 1 integers -128 127
                %y = where(%c, %a, %b)
                return %y\
                """),
            Sample.of("where_of_truth_values", """
                %c: bool[33] = input
                %a: bool[33] = input
                %b: bool[] = input
                %y = where(%c, %a, %b)
                return %y\
                """),
            Sample.of("relu_by_a_choice", """
                %x: f32[1,16,5,7] = input
                %zero: f32[] = constant [0]
                %positive = greater(%x, %zero)
                %y = where(%positive, %x, %zero)
                return %y\
                """),
            Sample.of("conv_compared_and_chosen", """
                %x: f32[1,3,5,7] = input
                %w: f32[16,3,3,3] = constant random 1
                %limit: f32[16,1,1] = constant random 2
                %conv = conv(%x, %w) pads=[1,1,1,1]
                %more = less(%limit, %conv)
                %z: f32[1,16,5,7] = input
                %y = where(%more, %z, %limit)
                return %y\
                """),
            Sample.of("pool_of_what_was_chosen", """
                %c: bool[1,16,8,8] = input
                %x: f32[1,16,8,8] = input
                %least: f32[] = constant [-2]
                %chosen = where(%c, %x, %least)
                %y = max_pool(%chosen) kernel=[2,2] strides=[2,2]
                return %y\
                """),
            of("is_nan", "is_nan", "", x(1, 3, 5)),
            Sample.of("is_nan_of_logarithms", """
                %x: f32[2,33] = input
                %log = log(%x)
                %y = is_nan(%log)
                return %y\
                """),
            Sample.of("is_infinite", """
                %x: f32[2,3,33] = input
                %big: f32[3,33] = constant splat 3e38
                %zero: f32[] = constant [0]
                %product = mul(%x, %big)
                %isolated = div(%product, %zero)
                %y = is_infinite(%isolated) negative=true positive=false
                return %y\
                """),
            of("is_positive_infinite", "is_infinite", "negative=false positive=true", x(17)),
            of("shrink", "shrink", "lambda=0.5 bias=0.25", x(1, 5, 7, 3)),
            of("shrink_of_negative_threshold", "shrink", "lambda=-0.5 bias=1", x(2, 17)),
            of("thresholded_relu", "thresholded_relu", "alpha=0.3", x(1, 16, 3, 5)),
            of("thresholded_relu_below_zero", "thresholded_relu", "alpha=-1", x(33)));

    private ChoiceSamples() {}
}
