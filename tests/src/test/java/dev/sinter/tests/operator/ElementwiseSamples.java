package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.Sample.of;
import static dev.sinter.tests.operator.Sample.positive;
import static dev.sinter.tests.operator.Sample.w;
import static dev.sinter.tests.operator.Sample.x;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Functions of single elements, with operands that are stretched along any dimension.
@NullMarked
final class ElementwiseSamples {
    static final List<Sample> ALL = List.of(
            of("relu", "relu", "", x(1, 5, 7, 7)),
            of("sigmoid", "sigmoid", "", x(2, 3, 5, 13)),
            of("tanh", "tanh", "", x(1, 16, 5, 5)),
            of("exp", "exp", "", x(1, 17, 3, 5)),
            of("log_of_what_may_be_negative", "log", "", x(33)),
            Sample.of("log", """
                %x: f32[2,33] = input
                %positive = abs(%x)
                %y = log(%positive)
                return %y\
                """),
            of("sqrt_of_what_may_be_negative", "sqrt", "", x(3, 5, 7)),
            of("abs", "abs", "", x(1, 3, 1, 15)),
            of("negate", "negate", "", x(2, 5)),
            of("reciprocal", "reciprocal", "", x(1, 5, 13)),
            of("erf", "erf", "", x(1, 2, 3, 4, 5)),
            of("floor", "floor", "", x(1, 3, 5, 7)),
            of("ceil", "ceil", "", x(1, 16, 3, 3)),
            Sample.of("round_goes_to_even", """
                %x: f32[8] = input
                %halves: f32[8] = constant [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 4.5]
                %rounded = round(%halves)
                %y0 = round(%x)
                %y = add(%y0, %rounded)
                return %y\
                """),
            of("round", "round", "", x(1, 5, 7)),
            of("function_of_a_scalar", "tanh", "", x()),
            of("leaky_relu", "leaky_relu", "alpha=0.1", x(1, 5, 7, 7)),
            of("leaky_relu_of_negative_slope", "leaky_relu", "alpha=-0.5", x(1, 16, 3, 5)),
            of("prelu_per_channel", "prelu", "", x(2, 17, 3, 5), w(17, 1, 1)),
            of("prelu_per_element", "prelu", "", x(2, 3, 5), x(2, 3, 5)),
            of("prelu_of_one_slope", "prelu", "", x(1, 16, 5, 7), w(1)),
            of("clip_to_six", "clip", "min=0 max=6", x(1, 5, 7, 7)),
            of("clip_below", "clip", "min=-0.5 max=inf", x(3, 33)),
            of("clip_of_crossed_limits", "clip", "min=1 max=-1", x(7)),
            of("add", "add", "", x(1, 5, 7, 7), x(1, 5, 7, 7)),
            Sample.of("add_to_itself", """
                %x: f32[1,16,3,5] = input
                %y = add(%x, %x)
                return %y\
                """),
            of("sub_per_channel", "sub", "", x(2, 17, 5, 3), w(17, 1, 1)),
            of("mul_per_column", "mul", "", x(1, 16, 5, 7), x(7)),
            of("mul_by_one_number", "mul", "", w(), x(1, 5, 3, 7)),
            of("div", "div", "", x(1, 5, 7, 7), positive(5, 7, 7)),
            of("div_by_what_may_be_small", "div", "", x(2, 3, 13), x(3, 1)),
            of("max_of_two", "max", "", x(2, 1, 5, 1), x(1, 3, 1, 7)),
            of("min_of_two_ranks", "min", "", x(7), x(2, 3, 5, 7)),
            of("pow_of_what_may_be_negative", "pow", "", x(3, 5), x(5)),
            Sample.of("pow", """
                %x: f32[1,3,5,7] = input
                %exponent: f32[3,1,1] = constant [2, 0.5, -1.5]
                %positive = abs(%x)
                %y = pow(%positive, %exponent)
                return %y\
                """),
            of("add_of_stretched_images", "add", "", x(3, 5, 1, 1), x(1, 5, 7, 3)),
            of("add_of_stretched_channels", "add", "", x(1, 1, 5, 7), x(1, 16, 5, 7)),
            of("add_of_stretched_rows", "add", "", x(1, 16, 5, 1), x(1, 16, 1, 7)),
            of("add_of_scalars", "add", "", x(), x()),
            of("add_to_a_scalar", "add", "", x(), x(2, 5)),
            of(
                    "batch_normalization",
                    "batch_normalization",
                    "epsilon=1e-5",
                    x(2, 5, 7, 3),
                    positive(5),
                    w(5),
                    w(5),
                    positive(5)),
            of(
                    "batch_normalization_17_channels",
                    "batch_normalization",
                    "epsilon=0.01",
                    x(1, 17, 3, 3),
                    w(17),
                    w(17),
                    w(17),
                    positive(17)),
            of(
                    "batch_normalization_of_a_matrix",
                    "batch_normalization",
                    "epsilon=0",
                    x(3, 33),
                    positive(33),
                    w(33),
                    w(33),
                    positive(33)),
            of(
                    "batch_normalization_1d",
                    "batch_normalization",
                    "epsilon=1e-3",
                    x(2, 16, 5),
                    x(16),
                    x(16),
                    x(16),
                    positive(16)),
            of("identity", "identity", "", x(1, 3, 5, 7)),
            of("dropout", "dropout", "ratio=0.5", x(2, 33)));

    private ElementwiseSamples() {}
}
