package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.x;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Pooling whose last window is cut off, hangs over, or holds more than there is.
@NullMarked
final class PoolingSamples {
    static final List<Sample> ALL = List.of(
            of("max_pool_2x2", "max_pool", "kernel=[2,2] strides=[2,2]", x(1, 5, 6, 6)),
            of("max_pool_2x2_leaves_a_row_over", "max_pool", "kernel=[2,2] strides=[2,2]", x(2, 16, 7, 5)),
            of("max_pool_3x3_overlapping", "max_pool", "kernel=[3,3] strides=[2,2]", x(1, 17, 13, 13)),
            of("max_pool_3x3_padded", "max_pool", "kernel=[3,3] pads=[1,1,1,1]", x(1, 3, 5, 7)),
            of("max_pool_padded_on_two_sides", "max_pool", "kernel=[3,2] strides=[2,1] pads=[0,1,2,0]", x(3, 5, 5, 7)),
            of("max_pool_ceil", "max_pool", "kernel=[3,3] strides=[2,2] ceil_mode=true", x(1, 16, 6, 8)),
            of(
                    "max_pool_ceil_drops_a_window_in_the_padding",
                    "max_pool",
                    "kernel=[2,2] strides=[3,3] pads=[0,0,1,1] ceil_mode=true",
                    x(1, 3, 5, 6)),
            of(
                    "max_pool_ceil_of_less_than_a_window",
                    "max_pool",
                    "kernel=[3,3] strides=[2,2] ceil_mode=true",
                    x(1, 5, 2, 7)),
            of("max_pool_larger_than_its_input", "max_pool", "kernel=[5,5] pads=[2,2,2,2]", x(1, 3, 2, 2)),
            of("max_pool_dilated", "max_pool", "kernel=[2,2] dilations=[2,3] pads=[1,0,1,2]", x(1, 5, 7, 7)),
            of("max_pool_stride_beyond_kernel", "max_pool", "kernel=[1,2] strides=[2,3]", x(1, 33, 5, 13)),
            of("max_pool_of_one_column", "max_pool", "kernel=[3,1] strides=[2,1] pads=[1,0,1,0]", x(1, 16, 13, 1)),
            of("max_pool_1d", "max_pool", "kernel=[3] strides=[2] pads=[1,0]", x(2, 5, 15)),
            of("max_pool_3d", "max_pool", "kernel=[2,2,2] strides=[1,2,2]", x(1, 3, 3, 4, 5)),
            of("average_pool_2x2", "average_pool", "kernel=[2,2] strides=[2,2]", x(2, 5, 6, 7)),
            of("average_pool_3x3_overlapping", "average_pool", "kernel=[3,3] strides=[2,2]", x(1, 17, 13, 7)),
            of("average_pool_leaves_padding_out", "average_pool", "kernel=[3,3] pads=[1,1,1,1]", x(1, 16, 5, 7)),
            of(
                    "average_pool_counts_padding",
                    "average_pool",
                    "kernel=[3,3] pads=[1,1,1,1] count_include_pad=true",
                    x(1, 5, 5, 7)),
            of(
                    "average_pool_ceil",
                    "average_pool",
                    "kernel=[3,3] strides=[2,2] pads=[0,1,1,0] ceil_mode=true",
                    x(1, 3, 6, 7)),
            of(
                    "average_pool_ceil_counts_padding",
                    "average_pool",
                    "kernel=[3,3] strides=[2,2] pads=[0,1,1,0] ceil_mode=true count_include_pad=true",
                    x(1, 3, 6, 7)),
            of(
                    "average_pool_ceil_of_less_than_a_window",
                    "average_pool",
                    "kernel=[3,4] strides=[3,2] ceil_mode=true count_include_pad=true",
                    x(2, 16, 2, 3)),
            of("average_pool_larger_than_its_input", "average_pool", "kernel=[4,4] pads=[3,2,1,2]", x(1, 3, 2, 1)),
            of("average_pool_dilated", "average_pool", "kernel=[2,3] dilations=[3,2] pads=[2,1,0,3]", x(1, 5, 7, 9)),
            of("average_pool_of_all", "average_pool", "kernel=[5,7]", x(3, 33, 5, 7)),
            of("average_pool_1d", "average_pool", "kernel=[4] strides=[3] pads=[1,2]", x(1, 17, 13)),
            of("average_pool_3d", "average_pool", "kernel=[2,2,3] pads=[1,0,1,0,1,1]", x(1, 2, 3, 3, 5)));

    private PoolingSamples() {}
}
