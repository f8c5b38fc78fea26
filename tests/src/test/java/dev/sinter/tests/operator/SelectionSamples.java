package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.x;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Operators that run on the host, alone and between kernels.
@NullMarked
final class SelectionSamples {
    static final List<Sample> ALL = List.of(
            Sample.of("top_k_of_rows", """
                %x: f32[3,17] = input
                %values, %indices = top_k(%x) axis=1 count=5 largest=true
                return %values, %indices\
                """),
            Sample.of("top_k_smallest_of_columns", """
                %x: i32[2,7,3] = input
                %values, %indices = top_k(%x) axis=1 count=7 largest=false
                return %indices, %values\
                """),
            Sample.of("top_k_between_kernels", """
                %x: f32[1,3,9,11] = input
                %w: f32[16,3,3,3] = constant random 1
                %conv = conv(%x, %w) pads=[1,1,1,1]
                %relu = relu(%conv)
                %values, %indices = top_k(%relu) axis=3 count=4 largest=true
                %w2: f32[16,16,1,1] = constant random 2
                %conv2 = conv(%values, %w2)
                %pool = max_pool(%conv2) kernel=[2,2] strides=[2,2]
                %one: i64[] = constant [1]
                %next = add(%indices, %one)
                return %pool, %next\
                """),
            Sample.of("top_k_of_pieces_of_a_concat", """
                %x: f32[1,16,5,5] = input
                %a = relu(%x)
                %b = tanh(%x)
                %both = concat(%a, %b) axis=1
                %values, %indices = top_k(%a) axis=1 count=16 largest=true
                %joined = concat(%values, %both) axis=1
                %y = sigmoid(%joined)
                return %y\
                """),
            Sample.of("top_k_of_a_reshape", """
                %x: f32[2,3,4] = input
                %halved = leaky_relu(%x) alpha=0.5
                %flat = reshape(%halved) shape=[2,12]
                %values, %indices = top_k(%flat) axis=1 count=6 largest=true
                %matrix = reshape(%values) shape=[2,3,2]
                %y = transpose(%matrix) permutation=[0,2,1]
                return %y\
                """),
            Sample.of("non_max_suppression_of_corners", """
                %boxes: f32[2,9,4] = input
                %scores: f32[2,3,9] = input
                %most: i64[1] = constant [4]
                %overlap: f32[1] = constant [0.5]
                %y = non_max_suppression(%boxes, %scores, %most, %overlap) center_point_box=false most=4
                return %y\
                """),
            Sample.of("non_max_suppression_after_kernels", """
                %features: f32[1,6,16] = input
                %w: f32[16,4] = constant random 3
                %v: f32[16,2] = constant random 4
                %boxes = matmul(%features, %w)
                %raw = matmul(%features, %v)
                %turned = transpose(%raw) permutation=[0,2,1]
                %scores = sigmoid(%turned)
                %most: i64[] = constant [6]
                %overlap: f32[] = constant [0.25]
                %least: f32[] = constant [0.5]
                %y = non_max_suppression(%boxes, %scores, %most, %overlap, %least) center_point_box=true most=6
                return %y, %scores\
                """),
            of("non_zero_of_an_image", "non_zero", "", x(1, 2, 3, 5)),
            Sample.of("non_zero_after_a_kernel", """
                %x: f32[3,5] = input
                %relu = relu(%x)
                %y = non_zero(%relu)
                return %y, %relu\
                """),
            Sample.of("non_zero_of_non_zero", """
                %x: i32[4,3] = input
                %once = non_zero(%x)
                %y = non_zero(%once)
                return %y\
                """),
            Sample.of("compress_of_columns", """
                %x: f32[2,5,3] = input
                %c: bool[4] = input
                %y = compress(%x, %c) axis=1
                return %y\
                """),
            Sample.of("unique_of_numbers", """
                %x: i32[33] = input
                %y, %first, %inverse, %counts = unique(%x) axis=0 sorted=true
                %one: i64[] = constant [1]
                %next = add(%inverse, %one)
                return %y, %first, %next, %counts\
                """),
            Sample.of("unique_rows_in_their_order", """
                %x: bool[9,2] = input
                %y, %first, %inverse, %counts = unique(%x) axis=0 sorted=false
                return %y, %first, %inverse, %counts\
                """));

    private SelectionSamples() {}
}
