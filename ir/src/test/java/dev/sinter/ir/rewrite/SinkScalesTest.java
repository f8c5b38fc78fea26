package dev.sinter.ir.rewrite;

import org.junit.jupiter.api.Test;

class SinkScalesTest {
    private static void assertStays(String operator, String scale) {
        PassTexts.assertUnchanged(new SinkScales(), """
            %%x: u8[1,2,4,4] = input
            %%s: %s
            %%real = cast(%%x) element=float32
            %%scaled = mul(%%real, %%s)
            %%y = %s
            return %%y
            """.formatted(scale, operator));
    }

    @Test
    void the_maximum_of_integers_is_scaled() {
        PassTexts.assertRewritten(new SinkScales(), """
            %x: u8[1,2,4,4] = input
            %s: f32[2,1,1] = constant [0.5, 0.25]
            %real = cast(%x) element=float32
            %scaled = mul(%real, %s)
            %y = max_pool(%scaled) kernel=[2,2] strides=[2,2] pads=[1,1,0,0]
            return %y
            """, """
            %x: u8[1,2,4,4] = input
            %y.scale: f32[2,1,1] = constant [0.5, 0.25]
            %y.integers = max_pool(%x) kernel=[2,2] strides=[2,2] pads=[1,1,0,0]
            %y.real = cast(%y.integers) element=float32
            %y = mul(%y.real, %y.scale)
            return %y
            """);
    }

    @Test
    void means_are_sums_times_another_scale() {
        PassTexts.assertRewritten(new SinkScales(), """
            %x: u8[1,2,4,4] = input
            %s: f32[] = constant [8]
            %real = cast(%x) element=float32
            %scaled = mul(%real, %s)
            %y = reduce_mean(%scaled) axes=[2,3] keep_dims=true
            return %y
            """, """
            %x: u8[1,2,4,4] = input
            %y.scale: f32[] = constant [0.5]
            %y.wide = cast(%x) element=int32
            %y.integers = reduce_sum(%y.wide) axes=[2,3] keep_dims=true
            %y.real = cast(%y.integers) element=float32
            %y = mul(%y.real, %y.scale)
            return %y
            """);
        PassTexts.assertRewritten(new SinkScales(), """
            %x: i32[1,2,4,4] = input
            %n: i8[1,2,4,4] = input
            %s: f32[] = constant [8]
            %real = cast(%n) element=float32
            %scaled = mul(%real, %s)
            %y = average_pool(%scaled) kernel=[2,2] strides=[2,2] pads=[1,1,1,1] count_include_pad=true
            return %y
            """, """
            %x: i32[1,2,4,4] = input
            %n: i8[1,2,4,4] = input
            %y.ones: i32[2,1,2,2] = constant splat 1
            %y.scale: f32[] = constant [2]
            %y.wide = cast(%n) element=int32
            %y.integers = conv(%y.wide, %y.ones) strides=[2,2] pads=[1,1,1,1] groups=2
            %y.real = cast(%y.integers) element=float32
            %y = mul(%y.real, %y.scale)
            return %y
            """);
    }

    @Test
    void movement_of_integers_with_one_scale_is_scaled() {
        PassTexts.assertRewritten(new SinkScales(), """
            %x: u8[1,2,4,4] = input
            %s: f32[1,1,1,1] = constant [8]
            %real = cast(%x) element=float32
            %scaled = mul(%s, %real)
            %y = reshape(%scaled) shape=[32]
            return %y
            """, """
            %x: u8[1,2,4,4] = input
            %y.scale: f32[] = constant [8]
            %y.integers = reshape(%x) shape=[32]
            %y.real = cast(%y.integers) element=float32
            %y = mul(%y.real, %y.scale)
            return %y
            """);
    }

    @Test
    void scales_that_are_not_positive_stay() {
        assertStays("relu(%scaled)", "f32[2,1,1] = constant [0.5, 0]");
        assertStays("relu(%scaled)", "f32[2,1,1] = constant [0.5, -1]");
        assertStays("relu(%scaled)", "f32[2,1,1] = constant [0.5, nan]");
        assertStays("max_pool(%scaled) kernel=[2,2] strides=[2,2]", "f32[] = constant [-1]");
    }

    @Test
    void scales_that_differ_under_a_window_or_move_stay() {
        assertStays("max_pool(%scaled) kernel=[2,2] strides=[2,2]", "f32[4] = constant [1, 2, 3, 4]");
        assertStays("transpose(%scaled) permutation=[1,0,2,3]", "f32[2,1,1] = constant [1, 2]");
        assertStays("reduce_mean(%scaled) axes=[1] keep_dims=true", "f32[2,1,1] = constant [1, 2]");
    }

    @Test
    void windows_that_may_hold_nothing_or_fewer_elements_stay() {
        assertStays("max_pool(%scaled) kernel=[2,2] strides=[2,2] pads=[1,1,1,1] ceil_mode=true", "f32[] = constant [1]");
        assertStays("average_pool(%scaled) kernel=[2,2] strides=[2,2] pads=[1,1,1,1] count_include_pad=false",
                "f32[] = constant [1]");
    }
}
