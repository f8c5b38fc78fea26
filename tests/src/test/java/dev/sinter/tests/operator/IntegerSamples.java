package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.positive;
import static dev.sinter.tests.operator.Sample.x;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Functions of integers, of their bits, and powers and remainders of any numbers.
@NullMarked
final class IntegerSamples {
    private static final List<String> SIGNED = List.of("i8", "i16", "i32", "i64");
    private static final List<String> UNSIGNED = List.of("u8", "u16", "u32", "u64");

    static final List<Sample> ALL = all();

    private IntegerSamples() {}

    private static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        for (String type : SIGNED) {
            samples.add(functions(type));
            samples.add(division(type, "-8 8"));
            samples.add(power(type, "-2 7"));
            samples.add(bits(type));
        }
        for (String type : UNSIGNED) {
            samples.add(division(type, "0 9"));
            samples.add(power(type, "0 9"));
            samples.add(bits(type));
            samples.add(shifts(type));
        }
        samples.addAll(List.of(
                Sample.of("remainder_of_reals", """
                    %x: f32[3,17] = input
                    %z: f32[17] = constant random 1 uniform 0.1 0.4
                    %y = remainder(%x, %z)
                    return %y\
                    """),
                of("remainder_by_what_may_be_small", "remainder", "", x(2, 3, 13), x(3, 1)),
                Sample.of("power_of_reals_by_longs", """
                    %x: f32[2,3,17] = input
                    %z: i64[3,1] = constant [3, -2, 0]
                    %y = pow(%x, %z)
                    return %y\
                    """),
                Sample.of("power_of_reals_by_bytes", """
                    %x: f32[2,17] = input
                    %z: u8[17] = input
                    %y = pow(%x, %z)
                    return %y\
                    """),
                Sample.of("power_of_ints_by_longs", """
                    %x: i32[2,17] = input
                    %z: i64[17] = input
                    %y = pow(%x, %z)
                    return %y\
                    """),
                Sample.of("power_of_longs_by_unsigned_longs", """
                    %x: i64[2,17] = input
                    %z: u64[17] = constant random 1 integers 0 12
                    %y = pow(%x, %z)
                    return %y\
                    """),
                Sample.of("power_of_unsigned_longs_by_bytes", """
                    %x: u64[2,17] = input
                    %z: i8[17] = input
                    %y = pow(%x, %z)
                    return %y\
                    """),
                Sample.of("power_of_ints_by_reals", """
                    %x: i32[5,9] = input
                    %z: f32[9] = constant [2, 0.5, 3, 1.5, 0, 1, -1, 0.25, 5]
                    %y = pow(%x, %z)
                    return %y\
                    """),
                Sample.of("power_of_whole_numbers_by_reals", """
                    %x: i64[8] = constant [4, 9, 27, 16, 100, 1000, 65536, 2]
                    %one: i64[8] = input
                    %z: f32[8] = constant [0.5, 1.5, 0.5, 0.75, 2.5, 0.5, 0.25, 31]
                    %base = max(%x, %one)
                    %y = pow(%base, %z)
                    return %y\
                    """),
                Sample.of("prelu_of_ints", """
                    %x: i32[2,3,5] = input
                    %slope: i32[3,1] = constant [2, -3, 0]
                    %y = prelu(%x, %slope)
                    return %y\
                    """),
                of("sign", "sign", "", x(1, 5, 3, 7)),
                of("sin", "sin", "", x(1, 5, 7, 3)),
                of("cos", "cos", "", x(2, 17)),
                of("tan", "tan", "", x(1, 16, 3, 3)),
                of("asin", "asin", "", x(33)),
                of("acos", "acos", "", x(3, 5, 7)),
                of("atan", "atan", "", x(1, 3, 5)),
                of("sinh", "sinh", "", x(2, 3, 5, 7)),
                of("cosh", "cosh", "", x(1, 5, 7)),
                of("asinh", "asinh", "", x(1, 17, 3)),
                of("acosh_of_what_may_be_below_one", "acosh", "", x(2, 33)),
                of("acosh", "acosh", "", positive(33)),
                of("atanh", "atanh", "", x(1, 16, 5)),
                Sample.of("trigonometry_of_large_numbers", """
                    %x: f32[4,17] = input
                    %scale: f32[4,1] = constant [30, 1e4, 1e9, 1e30]
                    %large = mul(%x, %scale)
                    %sin = sin(%large)
                    %cos = cos(%large)
                    %y = add(%sin, %cos)
                    return %y\
                    """),
                Sample.of("trigonometry_of_doubles", """
                    %x: f64[2,17] = input
                    %a = sin(%x)
                    %b = atan(%a)
                    %c = cosh(%b)
                    %d = asinh(%c)
                    %y = tan(%d)
                    return %y\
                    """),
                Sample.of("remainder_of_doubles", """
                    %x: f64[2,17] = input
                    %z: f64[17] = constant random 1 uniform 0.1 0.4
                    %y = remainder(%x, %z)
                    return %y\
                    """)));
        return List.copyOf(samples);
    }

    private static Sample functions(String type) {
        return Sample.of("functions_of_" + type, """
            %%x: %s[2,33] = input
            %%c: %s[33] = constant random 1 integers -100 100
            %%sum = add(%%x, %%c)
            %%abs = abs(%%sum)
            %%relu = relu(%%x)
            %%sign = sign(%%sum)
            %%negative = negate(%%relu)
            %%product = mul(%%abs, %%sign)
            %%y = sub(%%product, %%negative)
            return %%y\
            """.formatted(type, type));
    }

    private static Sample division(String type, String range) {
        return Sample.of("division_of_" + type, """
            %%x: %s[5,17] = input
            %%c: %s[5,17] = constant random 1 integers %s
            %%quotient = div(%%x, %%c)
            %%remainder = remainder(%%x, %%c)
            %%modulo = modulo(%%x, %%c)
            %%sum = add(%%remainder, %%modulo)
            %%y = mul(%%quotient, %%sum)
            return %%y\
            """.formatted(type, type, range));
    }

    private static Sample power(String type, String range) {
        return Sample.of("power_of_" + type, """
            %%x: %s[5,17] = input
            %%c: %s[5,17] = constant random 1 integers %s
            %%y = pow(%%x, %%c)
            return %%y\
            """.formatted(type, type, range));
    }

    private static Sample bits(String type) {
        return Sample.of("bits_of_" + type, """
            %%x: %s[2,17] = input
            %%z: %s[17] = input
            %%not = bit_not(%%x)
            %%and = bit_and(%%not, %%z)
            %%or = bit_or(%%and, %%x)
            %%y = bit_xor(%%or, %%z)
            return %%y\
            """.formatted(type, type));
    }

    private static Sample shifts(String type) {
        return Sample.of("shifts_of_" + type, """
            %%x: %s[2,11] = input
            %%c: %s[11] = constant [0, 1, 3, 7, 8, 15, 16, 31, 32, 63, 64]
            %%more = bit_not(%%x)
            %%left = shift_left(%%more, %%c)
            %%right = shift_right(%%more, %%c)
            %%y = bit_xor(%%left, %%right)
            return %%y\
            """.formatted(type, type));
    }
}
