package dev.sinter.tests.operator;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Elements other than float32.
@NullMarked
final class TypeSamples {
    static final List<Sample> ALL = List.of(
            Sample.of("add_of_integers", """
                %x: i32[2,17] = input
                %z: i32[17] = input
                %y = add(%x, %z)
                return %y\
                """),
            Sample.of("arithmetic_of_integers", """
                %x: i64[1,5,3,7] = input
                %c: i64[5,1,1] = constant [1, -2, 3, 4, -5]
                %product = mul(%x, %c)
                %quotient = div(%product, %c)
                %y = max(%quotient, %c)
                return %y\
                """),
            Sample.of("sub_of_bytes_wraps", """
                %x: i8[33] = input
                %c: i8[33] = constant random 1 integers -128 127
                %y = sub(%c, %x)
                return %y\
                """),
            Sample.of("concat_of_integers", """
                %x: i64[2,3] = input
                %z: i64[2,5] = input
                %y = concat(%x, %z) axis=1
                return %y\
                """),
            Sample.of("pad_of_integers", """
                %x: i32[1,3,5,5] = input
                %y = pad(%x) pads=[0,0,1,1,0,0,1,1] mode=constant value=3
                return %y\
                """),
            Sample.of("transpose_of_truth_values", """
                %x: bool[3,5] = input
                %y = transpose(%x) permutation=[1,0]
                return %y\
                """),
            Sample.of("conv_relu_pool_of_doubles", """
                %x: f64[1,3,5,7] = input
                %w: f64[16,3,3,3] = constant random 1
                %conv = conv(%x, %w) pads=[1,1,1,1]
                %relu = relu(%conv)
                %y = max_pool(%relu) kernel=[2,2] strides=[2,2]
                return %y\
                """),
            Sample.of("functions_of_doubles", """
                %x: f64[33] = input
                %a = tanh(%x)
                %b = erf(%a)
                %c = exp(%b)
                %y = sigmoid(%c)
                return %y\
                """),
            Sample.of("softmax_of_doubles", """
                %x: f64[3,17] = input
                %y = softmax(%x) axis=1
                return %y\
                """));

    private TypeSamples() {}
}
