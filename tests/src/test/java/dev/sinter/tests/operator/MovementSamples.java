package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.w;
import static dev.sinter.tests.operator.Sample.x;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Elements in other places.
@NullMarked
final class MovementSamples {
    static final List<Sample> ALL = List.of(
            of("concat_of_one", "concat", "axis=1", x(1, 3, 5, 5)),
            of("concat_of_images", "concat", "axis=0", x(1, 3, 5, 5), x(2, 3, 5, 5)),
            of("concat_of_channels", "concat", "axis=1", x(1, 5, 5, 7), x(1, 16, 5, 7), x(1, 1, 5, 7)),
            of("concat_of_blocks", "concat", "axis=1", x(2, 16, 3, 5), x(2, 32, 3, 5)),
            of("concat_of_rows", "concat", "axis=2", x(1, 3, 1, 5), x(1, 3, 4, 5), x(1, 3, 2, 5), x(1, 3, 1, 5)),
            of("concat_of_columns", "concat", "axis=-1", x(1, 16, 5, 7), w(1, 16, 5, 2)),
            of("concat_of_vectors", "concat", "axis=0", x(5), x(17)),
            of("reshape_that_splits", "reshape", "shape=[2,8,3,5]", x(1, 16, 3, 5)),
            of("reshape_that_merges", "reshape", "shape=[1,105]", x(1, 3, 5, 7)),
            of("reshape_that_shifts", "reshape", "shape=[2,5,6]", x(3, 4, 5)),
            of("flatten", "flatten", "axis=1", x(2, 17, 3, 3)),
            of("flatten_to_a_row", "flatten", "axis=0", x(3, 5)),
            of("flatten_to_a_column", "flatten", "axis=3", x(2, 3, 5)),
            of("flatten_of_the_last", "flatten", "axis=-1", x(2, 3, 5)),
            of("transpose_of_a_matrix", "transpose", "permutation=[1,0]", x(5, 17)),
            of("transpose_to_channels_last", "transpose", "permutation=[0,2,3,1]", x(1, 16, 5, 7)),
            of("transpose_to_channels_first", "transpose", "permutation=[0,3,1,2]", x(2, 5, 3, 17)),
            of("transpose_of_three", "transpose", "permutation=[2,1,0]", x(3, 5, 7)),
            of("transpose_of_five", "transpose", "permutation=[0,2,1,4,3]", x(1, 2, 3, 4, 5)),
            of("pad_with_a_constant", "pad", "pads=[0,0,1,2,0,0,0,1] mode=constant value=0.5", x(1, 5, 3, 5)),
            of("pad_of_channels", "pad", "pads=[0,1,0,0,1,3,0,0] mode=constant value=0", x(2, 16, 3, 3)),
            of("pad_that_crops", "pad", "pads=[0,-1,-1,0,0,0,2,-3] mode=constant value=-inf", x(1, 5, 5, 7)),
            of("pad_with_the_edge", "pad", "pads=[0,0,2,1,0,0,3,0] mode=edge value=0", x(1, 3, 2, 7)),
            of("pad_by_wrapping", "pad", "pads=[0,0,2,1,0,0,9,4] mode=wrap value=0", x(1, 16, 3, 5)),
            of("pad_by_reflection", "pad", "pads=[0,0,2,1,0,0,1,4] mode=reflect value=0", x(1, 16, 3, 5)),
            of("pad_of_a_vector_by_reflection", "pad", "pads=[4,4] mode=reflect value=0", x(5)));

    private MovementSamples() {}
}
