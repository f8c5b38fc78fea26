package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.w;
import static dev.sinter.tests.operator.Sample.x;

import dev.sinter.tests.operator.Sample.Operand;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Elements at indices that are read from tensors.
@NullMarked
final class GatherSamples {
    static final List<Sample> ALL = List.of(
            of("gather_of_rows", "gather", "axis=0", x(17, 5), table(0, 16, 4)),
            of("gather_of_channels", "gather", "axis=1", x(2, 17, 3, 5), table(-17, 16, 20)),
            of("gather_of_columns", "gather", "axis=-1", x(1, 16, 5, 7), table(0, 6, 3)),
            of("gather_of_rows_of_a_picture", "gather", "axis=2", x(1, 3, 5, 16), table(-5, 4, 2, 3)),
            of("gather_of_one", "gather", "axis=1", x(3, 5, 2), table(2, 2)),
            of("gather_by_what_is_fed", "gather", "axis=0", x(9, 33), fed(4, 3)),
            of("gather_beyond_the_ends", "gather", "axis=1", x(2, 5, 7), fed(6)),
            of("gather_of_elements", "gather_elements", "axis=1", x(3, 9, 5), fed(3, 4, 5)),
            of("gather_of_elements_along_the_last", "gather_elements", "axis=-1", x(16, 8), fed(7, 33)),
            of("gather_of_points", "gather_nd", "batch_dims=0", x(5, 7, 3), table(0, 4, 4, 2)),
            of("gather_of_points_in_a_batch", "gather_nd", "batch_dims=1", x(2, 9, 8, 5), fed(2, 6, 2)),
            of("resample_of_columns", "resample", "axis=3", x(1, 16, 5, 7), table(0, 6, 11, 2), w(11, 2)),
            of("resample_of_rows", "resample", "axis=2", x(2, 3, 5, 17), table(0, 4, 3, 4), w(3, 4)),
            of("resample_of_a_vector", "resample", "axis=0", x(9), table(-9, 8, 33, 3), w(33, 3)),
            sampled("nearest_with_zeros", "nearest", "zeros", false, 4, 6),
            sampled("nearest_reflected", "nearest", "reflection", false, 4, 6),
            sampled("linear_with_zeros", "linear", "zeros", false, 3, 5),
            sampled("linear_at_the_border", "linear", "border", true, 3, 5),
            sampled("linear_reflected", "linear", "reflection", true, 3, 5),
            sampled("cubic_with_zeros", "cubic", "zeros", true, 3, 2),
            sampled("cubic_reflected", "cubic", "reflection", false, 2, 3),
            of(
                    "grid_sample_of_a_volume",
                    "grid_sample",
                    "mode=linear padding=border align_corners=false",
                    x(1, 3, 4, 5, 3),
                    x(1, 2, 3, 4, 3)),
            of(
                    "deform_conv",
                    "deform_conv",
                    "strides=[1,2] pads=[1,1,1,0] dilations=[1,1] groups=1 offset_groups=1 masked=false",
                    x(1, 4, 5, 6),
                    w(3, 4, 3, 2),
                    x(1, 12, 5, 3)),
            of(
                    "deform_conv_in_groups_with_a_mask",
                    "deform_conv",
                    "strides=[1,1] pads=[0,0,0,0] dilations=[1,2] groups=2 offset_groups=2 masked=true",
                    x(2, 4, 4, 5),
                    w(6, 2, 2, 2),
                    x(2, 16, 3, 3),
                    x(2, 8, 3, 3)),
            Sample.of("resample_along_two_axes_with_relu", """
                %x: f32[1,8,5,7] = input
                %rows: i64[10,2] = constant random 1 integers 0 4
                %a: f32[10,2] = constant random 2
                %columns: i64[14,2] = constant random 3 integers 0 6
                %b: f32[14,2] = constant random 4
                %tall = resample(%x, %rows, %a) axis=2
                %wide = resample(%tall, %columns, %b) axis=3
                %y = relu(%wide)
                return %y\
                """),
            Sample.of("gather_of_bytes_by_bytes", """
                %x: u8[9,5] = input
                %i: i8[7] = input
                %y = gather(%x, %i) axis=0
                return %y\
                """),
            Sample.of("convolution_after_gather", """
                %x: f32[1,16,9,9] = input
                %i: i64[9] = input
                %w: f32[8,16,3,3] = constant random 1
                %rows = gather(%x, %i) axis=2
                %conv = conv(%rows, %w) pads=[1,1,1,1]
                %y = relu(%conv)
                return %y\
                """));

    private GatherSamples() {}

    private static Sample sampled(String name, String mode, String padding, boolean corners, int height, int width) {
        return of(
                "grid_sample_" + name,
                "grid_sample",
                "mode=" + mode + " padding=" + padding + " align_corners=" + corners,
                x(2, 5, 6, 7),
                x(2, height, width, 2));
    }

    /// A constant table of indices.
    private static Operand table(int lo, int hi, int... dims) {
        return seed -> "i64" + shape(dims) + " = constant random " + seed + " integers " + lo + " " + hi;
    }

    /// Indices that are known only when the network runs, from -8 to 8.
    private static Operand fed(int... dims) {
        return _ -> "i64" + shape(dims) + " = input";
    }

    private static String shape(int... dims) {
        return Arrays.toString(dims).replace(" ", "");
    }
}
