package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.w;
import static dev.sinter.tests.operator.Sample.x;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Convolutions and transposed convolutions whose channels and columns fill no vector, whose groups fill no block, and
/// whose windows hang over every border.
@NullMarked
final class ConvolutionSamples {
    static final List<Sample> ALL = List.of(
            of("conv_1x1", "conv", "", x(1, 3, 5, 5), w(5, 3, 1, 1)),
            of("conv_1x1_to_33_channels", "conv", "", x(2, 16, 7, 5), w(33, 16, 1, 1), w(33)),
            of("conv_1x1_with_stride", "conv", "strides=[2,2]", x(1, 16, 7, 7), w(16, 16, 1, 1)),
            of("conv_1x1_with_padding_around", "conv", "pads=[1,1,1,1]", x(1, 3, 3, 3), w(4, 3, 1, 1), w(4)),
            of("conv_3x3", "conv", "", x(1, 5, 7, 13), w(3, 5, 3, 3)),
            of("conv_3x3_to_one_element", "conv", "", x(1, 5, 3, 3), w(5, 5, 3, 3), w(5)),
            of("conv_3x3_padded", "conv", "pads=[1,1,1,1]", x(1, 3, 7, 7), w(16, 3, 3, 3), w(16)),
            of("conv_3x3_to_17_channels", "conv", "pads=[1,1,1,1]", x(1, 5, 5, 5), w(17, 5, 3, 3), w(17)),
            of("conv_3x3_to_33_channels", "conv", "pads=[1,1,1,1]", x(1, 33, 2, 2), w(33, 33, 3, 3)),
            of("conv_3x3_of_three_images", "conv", "pads=[1,1,1,1]", x(3, 3, 5, 5), w(5, 3, 3, 3), w(5)),
            of("conv_3x3_of_weights_that_are_inputs", "conv", "pads=[1,1,1,1]", x(1, 4, 5, 7), x(16, 4, 3, 3), x(16)),
            of("conv_3x3_stride_2", "conv", "strides=[2,2] pads=[1,1,1,1]", x(1, 4, 13, 15), w(8, 4, 3, 3)),
            of("conv_3x2_strides_2_and_3", "conv", "strides=[2,3]", x(2, 3, 7, 13), w(5, 3, 3, 2), w(5)),
            of("conv_padded_left_and_below", "conv", "pads=[0,1,2,1]", x(1, 3, 5, 7), w(16, 3, 3, 3)),
            of("conv_padded_above_and_right", "conv", "pads=[1,0,0,2]", x(1, 3, 5, 15), w(16, 3, 3, 3), w(16)),
            of("conv_dilated", "conv", "dilations=[2,2] pads=[2,2,2,2]", x(1, 3, 9, 9), w(5, 3, 3, 3)),
            of("conv_dilated_in_columns", "conv", "strides=[2,1] dilations=[1,3]", x(1, 5, 7, 13), w(3, 5, 3, 3)),
            of("conv_5x5", "conv", "pads=[2,2,2,2]", x(1, 1, 7, 7), w(6, 1, 5, 5), w(6)),
            of("conv_7x7_stride_2", "conv", "strides=[2,2] pads=[3,3,3,3]", x(1, 3, 13, 13), w(5, 3, 7, 7)),
            of("conv_larger_than_its_input", "conv", "pads=[2,2,2,2]", x(1, 2, 2, 2), w(3, 2, 5, 5)),
            of("conv_3x3_of_one_pixel", "conv", "pads=[1,1,1,1]", x(2, 16, 1, 1), w(17, 16, 3, 3)),
            of("conv_of_rows", "conv", "pads=[0,3,0,3]", x(1, 3, 5, 7), w(16, 3, 1, 7)),
            of("conv_of_one_column", "conv", "pads=[1,0,1,0]", x(1, 5, 13, 1), w(16, 5, 3, 1), w(16)),
            of("conv_depthwise_5", "conv", "groups=5 pads=[1,1,1,1]", x(1, 5, 7, 7), w(5, 1, 3, 3)),
            of("conv_depthwise_16", "conv", "groups=16 pads=[1,1,1,1]", x(2, 16, 5, 7), w(16, 1, 3, 3), w(16)),
            of(
                    "conv_depthwise_33_stride_2",
                    "conv",
                    "groups=33 strides=[2,2] pads=[1,1,1,1]",
                    x(1, 33, 7, 7),
                    w(33, 1, 3, 3)),
            of("conv_two_outputs_per_channel", "conv", "groups=3", x(1, 3, 5, 5), w(6, 1, 3, 3)),
            of("conv_groups_of_3_outputs", "conv", "groups=2", x(1, 4, 5, 5), w(6, 2, 3, 3), w(6)),
            of("conv_groups_of_4_outputs", "conv", "groups=4 pads=[1,1,1,1]", x(1, 8, 5, 5), w(16, 2, 3, 3)),
            of("conv_groups_of_16_outputs", "conv", "groups=2 pads=[1,1,1,1]", x(1, 6, 5, 5), w(32, 3, 3, 3), w(32)),
            of("conv_groups_of_17_outputs", "conv", "groups=3", x(1, 6, 3, 3), w(51, 2, 1, 1)),
            of("winograd_2", "winograd_conv", "tile=2 pads=[1,1,1,1]", x(1, 5, 7, 13), w(3, 4, 4, 5), w(3)),
            of("winograd_2_without_padding", "winograd_conv", "tile=2 pads=[0,0,0,0]", x(2, 16, 6, 8), w(16, 4, 4, 16)),
            of("winograd_4", "winograd_conv", "tile=4 pads=[1,1,1,1]", x(1, 3, 9, 14), w(17, 6, 6, 3), w(17)),
            of("winograd_4_of_one_tile", "winograd_conv", "tile=4 pads=[1,1,1,1]", x(1, 16, 4, 4), w(5, 6, 6, 16)),
            of(
                    "winograd_4_padded_left_and_below",
                    "winograd_conv",
                    "tile=4 pads=[0,1,2,0]",
                    x(1, 4, 7, 9),
                    w(16, 6, 6, 4)),
            of("conv_1d", "conv", "pads=[1,1]", x(1, 3, 15), w(5, 3, 3), w(5)),
            of("conv_1d_stride_and_dilation", "conv", "strides=[2] dilations=[2]", x(2, 5, 13), w(16, 5, 3)),
            of("conv_1d_depthwise", "conv", "groups=17 pads=[0,2]", x(1, 17, 7), w(17, 1, 3)),
            of("conv_3d", "conv", "", x(1, 2, 3, 4, 5), w(3, 2, 2, 2, 2), w(3)),
            of("conv_3d_padded", "conv", "pads=[1,1,1,1,1,1]", x(1, 3, 2, 3, 3), w(16, 3, 3, 3, 3)),
            of("conv_transpose_2x2", "conv_transpose", "strides=[2,2]", x(1, 5, 3, 5), w(5, 3, 2, 2)),
            of(
                    "conv_transpose_3x3",
                    "conv_transpose",
                    "strides=[2,2] pads=[1,1,1,1] output_pads=[1,1]",
                    x(1, 4, 5, 5),
                    w(4, 16, 3, 3),
                    w(16)),
            of("conv_transpose_with_holes", "conv_transpose", "strides=[3,3]", x(2, 3, 3, 3), w(3, 5, 2, 2), w(5)),
            of(
                    "conv_transpose_asymmetric",
                    "conv_transpose",
                    "strides=[1,2] pads=[0,1,2,0]",
                    x(1, 3, 5, 5),
                    w(3, 17, 3, 3)),
            of("conv_transpose_groups", "conv_transpose", "groups=2 strides=[2,2]", x(1, 4, 3, 3), w(4, 3, 3, 3), w(6)),
            of("conv_transpose_depthwise", "conv_transpose", "groups=16 strides=[2,2]", x(1, 16, 3, 3), w(16, 1, 4, 4)),
            of(
                    "conv_transpose_dilated",
                    "conv_transpose",
                    "dilations=[2,2] pads=[1,1,1,1]",
                    x(1, 3, 5, 7),
                    w(3, 5, 3, 3)),
            of("conv_transpose_1d", "conv_transpose", "strides=[2] pads=[1,0]", x(1, 5, 7), w(5, 17, 4)));

    private ConvolutionSamples() {}
}
