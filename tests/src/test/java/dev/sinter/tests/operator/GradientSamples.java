package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.w;
import static dev.sinter.tests.operator.Sample.x;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// What backward halves of networks are made of, beyond the operators of forward halves.
@NullMarked
final class GradientSamples {
    static final List<Sample> ALL = List.of(
            of("gate_less_lets_a_gradient_through", "gate_less", "", x(2, 5, 3, 4), w(2, 5, 3, 4), w(1)),
            of("gate_less_equal_stretches", "gate_less_equal", "", x(3, 1), x(2, 1, 5), w(3, 5)),
            of("gate_equal", "gate_equal", "", x(2, 17), x(2, 17), x(2, 1)),
            weights("conv_weight_gradient_5x5", "kernel=[5,5]", x(3, 6, 9, 8), x(3, 16, 5, 4)),
            weights("conv_weight_gradient_padded", "kernel=[5,5] pads=[2,2,2,2]", x(2, 1, 7, 9), x(2, 6, 7, 9)),
            weights(
                    "conv_weight_gradient_strided_leaves_a_row_over",
                    "kernel=[3,2] strides=[2,3] pads=[0,1,1,0]",
                    x(2, 3, 6, 9),
                    x(2, 5, 3, 3)),
            weights(
                    "conv_weight_gradient_dilated",
                    "kernel=[3,2] dilations=[2,3] pads=[1,0,0,2]",
                    x(1, 2, 7, 8),
                    x(1, 17, 4, 7)),
            weights("conv_weight_gradient_in_groups", "kernel=[3,3] groups=2", x(2, 4, 5, 5), x(2, 6, 3, 3)),
            weights("conv_weight_gradient_depthwise", "kernel=[3,3] groups=16", x(1, 16, 5, 5), x(1, 16, 3, 3)),
            weights("conv_weight_gradient_1d", "kernel=[3] strides=[2]", x(2, 3, 9), x(2, 5, 4)),
            weights("conv_weight_gradient_3d", "kernel=[2,1,3]", x(1, 2, 3, 4, 5), x(1, 3, 2, 4, 3)),
            pool("max_pool_gradient_2x2", "kernel=[2,2] strides=[2,2]", x(2, 5, 6, 6), x(2, 5, 3, 3)),
            pool("max_pool_gradient_leaves_a_row_over", "kernel=[2,2] strides=[2,2]", x(1, 16, 7, 5), x(1, 16, 3, 2)),
            pool("max_pool_gradient_overlapping", "kernel=[3,3] strides=[2,2]", x(1, 17, 13, 7), x(1, 17, 6, 3)),
            pool("max_pool_gradient_padded", "kernel=[3,3] pads=[1,1,1,1]", x(1, 3, 5, 7), x(1, 3, 5, 7)),
            pool(
                    "max_pool_gradient_ceil",
                    "kernel=[3,3] strides=[2,2] pads=[0,1,0,0] ceil_mode=true",
                    x(1, 16, 6, 8),
                    x(1, 16, 3, 4)),
            pool(
                    "max_pool_gradient_dilated",
                    "kernel=[2,2] dilations=[2,3] pads=[1,0,1,2]",
                    x(1, 5, 7, 7),
                    x(1, 5, 7, 6)),
            pool("max_pool_gradient_beyond_kernel", "kernel=[1,2] strides=[2,3]", x(1, 33, 5, 13), x(1, 33, 3, 4)),
            pool("max_pool_gradient_1d", "kernel=[3] strides=[2] pads=[1,0]", x(2, 5, 15), x(2, 5, 7)),
            pool("max_pool_gradient_3d", "kernel=[2,2,2] strides=[1,2,2]", x(1, 3, 3, 4, 5), x(1, 3, 2, 2, 2)),
            average("average_pool_gradient_2x2", "kernel=[2,2] strides=[2,2] extents=[6,7]", x(2, 5, 3, 3)),
            average("average_pool_gradient_overlapping", "kernel=[3,3] strides=[2,2] extents=[13,7]", x(1, 17, 6, 3)),
            average(
                    "average_pool_gradient_leaves_padding_out",
                    "kernel=[3,3] pads=[1,1,1,1] extents=[5,7]",
                    x(1, 16, 5, 7)),
            average(
                    "average_pool_gradient_counts_padding",
                    "kernel=[3,3] pads=[1,1,1,1] count_include_pad=true extents=[5,7]",
                    x(1, 5, 5, 7)),
            average(
                    "average_pool_gradient_ceil",
                    "kernel=[3,3] strides=[2,2] pads=[0,1,1,0] ceil_mode=true count_include_pad=true extents=[6,7]",
                    x(1, 3, 3, 4)),
            average(
                    "average_pool_gradient_dilated",
                    "kernel=[2,3] dilations=[3,2] pads=[2,1,0,3] extents=[7,9]",
                    x(1, 5, 6, 9)),
            average("average_pool_gradient_1d", "kernel=[4] strides=[3] pads=[1,2] extents=[13]", x(1, 17, 5)),
            average("average_pool_gradient_3d", "kernel=[2,2,3] pads=[1,0,1,0,1,1] extents=[3,3,5]", x(1, 2, 3, 3, 5)),
            of("softmax_cross_entropy", "softmax_cross_entropy", "", x(7, 10), w(7, 10)),
            of("softmax_cross_entropy_of_many_classes", "softmax_cross_entropy", "", x(2, 129), w(2, 129)));

    private GradientSamples() {}

    private static Sample weights(String name, String attributes, Sample.Operand... operands) {
        return of(name, "conv_weight_gradient", attributes, operands);
    }

    private static Sample pool(String name, String attributes, Sample.Operand... operands) {
        return of(name, "max_pool_gradient", attributes, operands);
    }

    private static Sample average(String name, String attributes, Sample.Operand operand) {
        return of(name, "average_pool_gradient", attributes, operand);
    }
}
