package dev.sinter.tests.operator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Changes of element type, and arithmetic on integers.
@NullMarked
final class ConversionSamples {
    private static final List<String> INTEGERS = List.of("i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64", "bool");

    static final List<Sample> ALL = all();

    private ConversionSamples() {}

    private static List<Sample> all() {
        List<Sample> samples = new ArrayList<>();
        INTEGERS.forEach(type -> samples.add(fromFloat(type)));
        INTEGERS.forEach(type -> samples.add(toOthers(type)));
        samples.addAll(rounded());
        samples.addAll(products());
        samples.addAll(quantised());
        return samples;
    }

    /// Numbers beyond the type's range, NaN and infinities are undefined in ONNX, and one thing here.
    private static Sample fromFloat(String type) {
        return Sample.of("cast_of_floats_to_" + type, """
            %%x: f32[2,17] = input
            %%special: f32[17] = constant [0, -0.0, 0.5, -0.5, -1, 1.99, 255.5, -129, 70000, -70000, 3e9, -3e9, 1e19, \
            -1e19, nan, inf, -inf]
            %%factor: f32[1] = constant [1000]
            %%large = mul(%%x, %%factor)
            %%a = cast(%%large) element=%1$s
            %%b = cast(%%special) element=%1$s
            return %%a, %%b\
            """.formatted(name(type)));
    }

    /// As IR text calls the constants of element types.
    private static String name(String type) {
        return switch (type) {
            case "bool" -> "bool";
            case "f32" -> "float32";
            case "f64" -> "float64";
            default -> type.replaceFirst("^i", "int").replaceFirst("^u", "uint");
        };
    }

    private static Sample toOthers(String type) {
        StringBuilder text = new StringBuilder("%x: " + type + "[3,17] = input\n");
        List<String> results = new ArrayList<>();
        for (String other : INTEGERS) {
            if (!other.equals(type)) {
                text.append("%")
                        .append(other)
                        .append(" = cast(%x) element=")
                        .append(name(other))
                        .append('\n');
                results.add("%" + other);
            }
        }
        text.append("%float = cast(%x) element=float32\nreturn %float, ").append(String.join(", ", results));
        return Sample.of("cast_of_" + type, text.toString());
    }

    private static List<Sample> rounded() {
        List<Sample> samples = new ArrayList<>();
        List<String> formats = List.of(
                "float16", "bfloat16", "float8e4m3fn", "float8e4m3fnuz", "float8e5m2", "float8e5m2fnuz", "float4e2m1");
        for (String format : formats) {
            samples.add(rounded("round_to_" + format, format, false, "nearest"));
            samples.add(rounded("round_to_" + format + "_or_the_largest", format, true, "nearest"));
        }
        for (String direction : List.of("up", "down", "nearest")) {
            samples.add(rounded("round_to_float8e8m0_" + direction, "float8e8m0", false, direction));
            samples.add(rounded("round_to_float8e8m0_" + direction + "_or_the_largest", "float8e8m0", true, direction));
        }
        return samples;
    }

    /// Of many magnitudes, and on both sides of where each format ends.
    private static Sample rounded(String name, String format, boolean saturate, String direction) {
        return Sample.of(name, """
            %%x: f32[2,34] = input
            %%scale: f32[34] = constant [1, 10, 100, 1000, 1e4, 1e5, 1e6, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, \
            1e10, 1e20, 1e30, 1e36, 1e-20, 1e-30, 3e38, 6.25e-2, 8, 16, 32, 64, 128, 256, 512, 2, 4, 0.5, 0.25]
            %%special: f32[34] = constant [0, -0.0, nan, inf, -inf, 65504, 65519, 65520, -65520, 448, 464, 465, 480, 240, \
            248, 249, 57344, 61440, 61441, 6, 7, 5, 2.5, 0.75, 0.25, 1.5, 3, 3.5, 3.38e38, 3.4e38, 1.7e38, 2.5e38, 2.6e38, 1e-3]
            %%scaled = mul(%%x, %%scale)
            %%a = round_to(%%scaled) format=%1$s saturate=%2$s direction=%3$s
            %%b = round_to(%%special) format=%1$s saturate=%2$s direction=%3$s
            return %%a, %%b\
            """.formatted(format, saturate, direction));
    }

    private static List<Sample> products() {
        return List.of(
                Sample.of("conv_of_integers", """
                    %x: i8[1,5,7,9] = input
                    %w: i8[17,5,3,3] = constant random 1 integers -128 127
                    %b: i32[17] = constant random 2 integers -1000 1000
                    %wide = cast(%x) element=int32
                    %weights = cast(%w) element=int32
                    %y = conv(%wide, %weights, %b) pads=[1,0,1,2] strides=[2,1]
                    return %y\
                    """),
                Sample.of("depthwise_conv_of_integers", """
                    %x: u8[2,16,5,7] = input
                    %zero: i32[] = constant splat 128
                    %w: i32[16,1,3,3] = constant random 1 integers -128 127
                    %wide = cast(%x) element=int32
                    %centred = sub(%wide, %zero)
                    %y = conv(%centred, %w) pads=[1,1,1,1] groups=16
                    return %y\
                    """),
                Sample.of("conv_of_integers_that_wraps", """
                    %x: i32[1,3,17] = input
                    %w: i32[4,3,5] = constant random 1 integers -2000000000 2000000000
                    %y = conv(%x, %w) strides=[1] pads=[0,0] dilations=[1]
                    return %y\
                    """),
                Sample.of("matmul_of_integers", """
                    %a: i8[2,5,33] = input
                    %b: u8[33,17] = constant random 1 integers 0 255
                    %left = cast(%a) element=int32
                    %right = cast(%b) element=int32
                    %y = matmul(%left, %right)
                    return %y\
                    """),
                Sample.of("matmul_of_long_integers", """
                    %a: i64[3,7] = input
                    %b: i64[7] = constant random 1 integers -9000000000 9000000000
                    %y = matmul(%a, %b)
                    return %y\
                    """),
                Sample.of("gemm_of_integers", """
                    %a: i32[17,5] = input
                    %b: i32[33,17] = constant random 1 integers -128 127
                    %c: i32[33] = constant random 2 integers -128 127
                    %y = gemm(%a, %b, %c) alpha=3 beta=-2 transpose_a=true transpose_b=true
                    return %y\
                    """));
    }

    private static List<Sample> quantised() {
        return List.of(
                Sample.of("quantize_to_bytes", """
                    %x: f32[2,17] = input
                    %zero: i8[17] = input
                    %many: f32[] = constant splat 100
                    %scaled = mul(%x, %many)
                    %y = quantize(%scaled, %zero) element=int8 least=-128 most=127
                    return %y\
                    """),
                Sample.of("quantize_to_four_bits", """
                    %x: f32[1,3,5,7] = input
                    %y = quantize(%x) element=uint8 least=0 most=15
                    return %y\
                    """),
                Sample.of("quantize_to_shorts", """
                    %x: f32[3,33] = input
                    %many: f32[33] = constant random 1 uniform -50000 50000
                    %scaled = mul(%x, %many)
                    %zero: u16[] = constant splat 32768
                    %y = quantize(%scaled, %zero) element=uint16 least=0 most=65535
                    return %y\
                    """),
                Sample.of("quantize_with_a_zero_point_for_each_channel", """
                    %x: f32[1,16,5,7] = input
                    %zero: u8[16,1,1] = constant random 1 integers 0 255
                    %y = quantize(%x, %zero) element=uint8 least=0 most=255
                    return %y\
                    """),
                Sample.of("quantised_conv", """
                    %x: u8[1,3,9,9] = input
                    %w: i32[16,3,3,3] = constant random 1 integers -128 127
                    %scale: f32[16,1,1] = constant random 2 uniform 0.0001 0.001
                    %wide = cast(%x) element=int32
                    %sum = conv(%wide, %w) pads=[1,1,1,1]
                    %real = cast(%sum) element=float32
                    %scaled = mul(%real, %scale)
                    %zero: u8[] = constant splat 3
                    %y = quantize(%scaled, %zero) element=uint8 least=0 most=255
                    return %y\
                    """),
                Sample.of("quantised_and_back_around_a_conv", """
                    %x: f32[1,3,8,8] = input
                    %w: f32[16,3,3,3] = constant random 1
                    %s: f32[] = constant splat 0.05
                    %t: f32[] = constant splat 0.125
                    %conv = conv(%x, %w) pads=[1,1,1,1]
                    %relu = relu(%conv)
                    %units = div(%relu, %s)
                    %quantised = quantize(%units) element=int8 least=-128 most=127
                    %wide = cast(%quantised) element=int32
                    %half: i32[] = constant splat 2
                    %halved = div(%wide, %half)
                    %numbers = cast(%halved) element=float32
                    %y = mul(%numbers, %t)
                    return %y\
                    """));
    }
}
