package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.x;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Which elements are extreme, running sums, and elements that are marked, kept or moved by their place.
@NullMarked
final class PlaceSamples {
    static final List<Sample> ALL = List.of(
            of("arg_max_of_rows", "arg_max", "axis=-1 keep_dims=false last_of_equal=false", x(3, 37)),
            of("arg_max_of_channels", "arg_max", "axis=1 keep_dims=true last_of_equal=false", x(2, 19, 3, 5)),
            of("arg_max_of_1000_classes", "arg_max", "axis=1 keep_dims=false last_of_equal=true", x(1, 1000)),
            of("arg_min_of_the_first", "arg_min", "axis=0 keep_dims=false last_of_equal=true", x(5, 33)),
            of("arg_min_of_a_vector", "arg_min", "axis=0 keep_dims=true last_of_equal=false", x(13)),
            ofType("arg_max_of_integers", "arg_max", "axis=1 keep_dims=false last_of_equal=false", "i32[3,41]"),
            ofType("arg_max_of_the_last_integer", "arg_max", "axis=1 keep_dims=false last_of_equal=true", "i64[3,41]"),
            ofType("arg_min_of_bytes", "arg_min", "axis=0 keep_dims=true last_of_equal=false", "i8[17,33]"),
            ofType("arg_min_of_unsigned_bytes", "arg_min", "axis=1 keep_dims=false last_of_equal=true", "u8[5,17]"),
            ofType("arg_max_of_doubles", "arg_max", "axis=1 keep_dims=false last_of_equal=false", "f64[3,17]"),
            of("max_pool_indices", "max_pool_indices", "kernel=[2,2] strides=[2,2] column_major=false", x(2, 3, 6, 7)),
            of(
                    "max_pool_indices_padded",
                    "max_pool_indices",
                    "kernel=[3,3] strides=[2,1] pads=[1,1,1,1] column_major=false",
                    x(1, 5, 7, 5)),
            of(
                    "max_pool_indices_by_columns",
                    "max_pool_indices",
                    "kernel=[3,2] dilations=[1,2] ceil_mode=true strides=[2,2] column_major=true",
                    x(2, 3, 8, 7)),
            of(
                    "max_pool_indices_1d",
                    "max_pool_indices",
                    "kernel=[3] strides=[2] pads=[1,0] dilations=[1] column_major=true",
                    x(2, 5, 15)),
            of(
                    "max_pool_indices_3d",
                    "max_pool_indices",
                    "kernel=[2,2,2] strides=[1,2,2] pads=[0,1,0,0,0,1] dilations=[1,1,1] column_major=true",
                    x(1, 2, 3, 4, 5)),
            ofType("max_pool_of_bytes", "max_pool", "kernel=[3,3] pads=[1,1,1,1]", "i8[1,3,5,7]"),
            ofType("max_pool_of_unsigned_bytes", "max_pool", "kernel=[2,2] strides=[2,2]", "u8[1,16,6,6]"),
            of("running_sums_of_rows", "cumulative_sum", "axis=1 exclusive=false reverse=false", x(3, 17)),
            of("running_sums_before", "cumulative_sum", "axis=-2 exclusive=true reverse=false", x(2, 9, 5)),
            of("running_sums_backwards", "cumulative_sum", "axis=0 exclusive=false reverse=true", x(13)),
            of("running_sums_behind", "cumulative_sum", "axis=1 exclusive=true reverse=true", x(1, 33, 3, 2)),
            ofType("running_sums_of_integers", "cumulative_sum", "axis=1 exclusive=true reverse=true", "i32[2,19]"),
            Sample.of("one_hot", """
                %x: i64[3,5] = input
                %v: f32[2] = constant [-0.5, 2]
                %y = one_hot(%x, %v) axis=-1 depth=7
                return %y\
                """),
            Sample.of("one_hot_in_the_middle", """
                %x: i32[2,17] = input
                %v: f32[2] = input
                %y = one_hot(%x, %v) axis=1 depth=5
                return %y\
                """),
            Sample.of("one_hot_of_fractions", """
                %x: f32[33] = input
                %v: i32[2] = constant [0, 1]
                %y = one_hot(%x, %v) axis=0 depth=3
                return %y\
                """),
            of("upper_triangle", "triangle", "upper=true diagonal=0", x(2, 7, 5)),
            of("upper_triangle_above", "triangle", "upper=true diagonal=2", x(5, 17)),
            of("lower_triangle_below", "triangle", "upper=false diagonal=-1", x(1, 2, 9, 7)),
            of("lower_triangle_of_all", "triangle", "upper=false diagonal=40", x(5, 33)),
            of("upper_triangle_of_nothing", "triangle", "upper=true diagonal=40", x(5, 33)),
            ofType("lower_triangle_of_truth_values", "triangle", "upper=false diagonal=1", "bool[5,7]"),
            of("diagonal", "diagonal", "first=0 second=1", x(17, 17)),
            of("diagonal_of_the_outer", "diagonal", "first=-1 second=0", x(5, 3, 5)),
            ofType("diagonal_of_integers", "diagonal", "first=1 second=3", "i64[2,3,5,3]"),
            of(
                    "columns_to_image",
                    "columns_to_image",
                    "kernel=[2,3] strides=[1,2] pads=[0,1,1,0] dilations=[1,1] extents=[4,5]",
                    x(2, 18, 8)),
            of(
                    "columns_to_image_apart",
                    "columns_to_image",
                    "kernel=[2,2] strides=[2,2] pads=[0,0,0,0] dilations=[1,1] extents=[4,6]",
                    x(1, 12, 6)),
            of(
                    "columns_to_image_dilated",
                    "columns_to_image",
                    "kernel=[2,2] dilations=[2,1] strides=[1,1] pads=[0,0,0,0] extents=[5,5]",
                    x(1, 4, 12)),
            of(
                    "columns_to_image_1d",
                    "columns_to_image",
                    "kernel=[3] strides=[1] pads=[1,1] dilations=[1] extents=[7]",
                    x(2, 6, 7)),
            ofType(
                    "columns_to_image_of_integers",
                    "columns_to_image",
                    "kernel=[2,2] strides=[1,1] pads=[0,0,0,0] dilations=[1,1] extents=[3,3]",
                    "i32[1,4,4]"),
            Sample.of("unpool", """
                %x: f32[1,2,3,4] = input
                %i: i64[1,2,3,4] = constant random 1 integers 0 47
                %y = unpool(%x, %i) shape=[1,2,4,6]
                return %y\
                """),
            Sample.of("unpool_of_pooled", """
                %x: f32[1,3,6,4] = input
                %z = max_pool(%x) kernel=[2,2] strides=[2,2]
                %i = max_pool_indices(%x) kernel=[2,2] strides=[2,2] column_major=false
                %y = unpool(%z, %i) shape=[1,3,6,4]
                return %y\
                """),
            of("reduce_min_of_images", "reduce_min", "axes=[2,3] keep_dims=true", x(1, 33, 5, 3)),
            of("reduce_min_of_rows", "reduce_min", "axes=[-1] keep_dims=false", x(3, 37)),
            of("reduce_prod_of_rows", "reduce_prod", "axes=[-1] keep_dims=false", x(3, 17)),
            of("reduce_prod_of_channels", "reduce_prod", "axes=[1] keep_dims=true", x(2, 7, 3, 5)),
            of("reduce_prod_to_a_scalar", "reduce_prod", "axes=[0,1] keep_dims=false", x(3, 33)),
            ofType("reduce_sum_of_integers", "reduce_sum", "axes=[1] keep_dims=false", "i32[3,41]"),
            ofType("reduce_sum_of_bytes_wraps", "reduce_sum", "axes=[0] keep_dims=true", "i8[257,17]"),
            ofType("reduce_mean_of_integers", "reduce_mean", "axes=[1] keep_dims=false", "i64[3,7]"),
            ofType("reduce_prod_of_integers", "reduce_prod", "axes=[1] keep_dims=false", "i64[3,41]"),
            ofType("reduce_prod_of_short_integers", "reduce_prod", "axes=[0] keep_dims=false", "u16[7,17]"),
            ofType("reduce_max_of_integers", "reduce_max", "axes=[1] keep_dims=false", "i64[3,41]"),
            ofType("reduce_max_of_unsigned_integers", "reduce_max", "axes=[0] keep_dims=false", "u32[5,33]"),
            ofType("reduce_min_of_integers", "reduce_min", "axes=[1] keep_dims=true", "i32[3,41]"),
            ofType("reduce_min_of_unsigned_integers", "reduce_min", "axes=[0] keep_dims=false", "u64[5,33]"),
            ofType("reduce_min_of_long_integers", "reduce_min", "axes=[0] keep_dims=false", "i64[5,33]"),
            ofType("reduce_min_of_bytes", "reduce_min", "axes=[0] keep_dims=false", "u8[5,33]"),
            ofType("reduce_max_of_truth_values", "reduce_max", "axes=[1] keep_dims=false", "bool[5,3]"),
            ofType("reduce_min_of_truth_values", "reduce_min", "axes=[0] keep_dims=true", "bool[3,17]"),
            of("lp_pool", "lp_pool", "kernel=[3,3] strides=[2,2] pads=[1,1,1,1] p=2", x(1, 16, 7, 5)),
            of("lp_pool_of_magnitudes", "lp_pool", "kernel=[2,2] dilations=[2,1] ceil_mode=true p=1", x(2, 5, 6, 7)),
            of("lp_pool_of_cubes", "lp_pool", "kernel=[3] strides=[1] pads=[0,0] dilations=[1] p=3", x(1, 3, 13)));

    private PlaceSamples() {}

    /// One operator that reads one input.
    private static Sample ofType(String name, String mnemonic, String attributes, String type) {
        return of(name, "%x: " + type + " = input\n%y = " + mnemonic + "(%x) " + attributes + "\nreturn %y");
    }
}
