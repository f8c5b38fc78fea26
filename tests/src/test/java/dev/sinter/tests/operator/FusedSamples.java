package dev.sinter.tests.operator;

import java.util.List;
import org.jspecify.annotations.NullMarked;

/// Operators that become one kernel, or nearly do.
@NullMarked
final class FusedSamples {
    static final List<Sample> ALL = List.of(
            Sample.of("conv_relu_max_pool", """
                %x: f32[1,3,8,8] = input
                %w: f32[16,3,3,3] = constant random 1
                %b: f32[16] = constant random 2
                %conv = conv(%x, %w, %b) pads=[1,1,1,1]
                %relu = relu(%conv)
                %y = max_pool(%relu) kernel=[2,2] strides=[2,2]
                return %y\
                """),
            Sample.of("conv_relu_overlapping_max_pool", """
                %x: f32[1,3,9,11] = input
                %w: f32[17,3,3,3] = constant random 1
                %conv = conv(%x, %w) pads=[1,1,1,1]
                %relu = relu(%conv)
                %y = max_pool(%relu) kernel=[3,3] strides=[2,2]
                return %y\
                """),
            Sample.of("conv_padded_overlapping_max_pool", """
                %x: f32[1,3,13,13] = input
                %w: f32[5,3,5,5] = constant random 1
                %conv = conv(%x, %w) strides=[2,2] pads=[2,2,2,2]
                %y = max_pool(%conv) kernel=[3,3] strides=[2,2] pads=[1,1,1,1]
                return %y\
                """),
            Sample.of("conv_max_pool_relu", """
                %x: f32[2,5,7,9] = input
                %w: f32[16,5,2,2] = constant random 1
                %conv = conv(%x, %w)
                %pool = max_pool(%conv) kernel=[3,2] strides=[3,2]
                %y = relu(%pool)
                return %y\
                """),
            Sample.of("conv_max_pool_ceil", """
                %x: f32[1,4,6,8] = input
                %w: f32[16,4,1,1] = constant random 1
                %conv = conv(%x, %w)
                %y = max_pool(%conv) kernel=[3,3] strides=[2,2] ceil_mode=true
                return %y\
                """),
            Sample.of("conv_average_pool", """
                %x: f32[1,3,10,6] = input
                %w: f32[17,3,3,3] = constant random 1
                %b: f32[17] = constant random 2
                %conv = conv(%x, %w, %b)
                %y = average_pool(%conv) kernel=[2,2] strides=[2,2]
                return %y\
                """),
            Sample.of("conv_tanh_padded_average_pool", """
                %x: f32[1,3,7,7] = input
                %w: f32[5,3,3,3] = constant random 1
                %conv = conv(%x, %w)
                %tanh = tanh(%conv)
                %y = average_pool(%tanh) kernel=[3,3] pads=[1,1,1,1]
                return %y\
                """),
            Sample.of("depthwise_conv_clip_pool", """
                %x: f32[1,17,8,8] = input
                %w: f32[17,1,3,3] = constant random 1
                %conv = conv(%x, %w) pads=[1,1,1,1] groups=17
                %clip = clip(%conv) min=0 max=6
                %y = max_pool(%clip) kernel=[2,2] strides=[2,2]
                return %y\
                """),
            Sample.of("grouped_conv_pool", """
                %x: f32[1,6,7,7] = input
                %w: f32[9,2,2,2] = constant random 1
                %conv = conv(%x, %w) groups=3
                %y = max_pool(%conv) kernel=[2,2]
                return %y\
                """),
            Sample.of("transposed_conv_relu_pool", """
                %x: f32[1,3,4,4] = input
                %w: f32[3,16,2,2] = constant random 1
                %up = conv_transpose(%x, %w) strides=[2,2]
                %relu = relu(%up)
                %y = max_pool(%relu) kernel=[2,2] strides=[2,2]
                return %y\
                """),
            Sample.of("elementwise_conv_elementwise_pool", """
                %x: f32[1,5,6,6] = input
                %scale: f32[5,1,1] = constant random 1 uniform 0.5 1.5
                %w: f32[16,5,3,3] = constant random 2
                %scaled = mul(%x, %scale)
                %before = tanh(%scaled)
                %conv = conv(%before, %w) pads=[1,1,1,1]
                %after = sigmoid(%conv)
                %pool = max_pool(%after) kernel=[2,2] strides=[2,2]
                %y = negate(%pool)
                return %y\
                """),
            Sample.of("padded_conv_of_what_is_not_zero_at_zero", """
                %x: f32[1,4,5,5] = input
                %w: f32[5,4,3,3] = constant random 1
                %before = sigmoid(%x)
                %y = conv(%before, %w) pads=[1,1,1,1]
                return %y\
                """),
            Sample.of("padded_pool_of_what_is_computed", """
                %x: f32[1,5,5,7] = input
                %shift: f32[5,1,1] = constant random 1
                %below = exp(%x)
                %shifted = sub(%shift, %below)
                %y = max_pool(%shifted) kernel=[3,3] pads=[1,1,1,1]
                return %y\
                """),
            Sample.of("batch_norm_relu_conv", """
                %x: f32[1,5,5,7] = input
                %scale: f32[5] = constant random 1
                %bias: f32[5] = constant random 2
                %mean: f32[5] = constant random 3
                %variance: f32[5] = constant random 4 uniform 0.5 1.5
                %w: f32[16,5,3,3] = constant random 5
                %norm = batch_normalization(%x, %scale, %bias, %mean, %variance) epsilon=1e-5
                %relu = relu(%norm)
                %y = conv(%relu, %w) pads=[1,1,1,1]
                return %y\
                """),
            Sample.of("conv_batch_norm_relu", """
                %x: f32[1,3,5,7] = input
                %w: f32[17,3,3,3] = constant random 5
                %scale: f32[17] = constant random 1
                %bias: f32[17] = constant random 2
                %mean: f32[17] = constant random 3
                %variance: f32[17] = constant random 4 uniform 0.5 1.5
                %conv = conv(%x, %w) pads=[1,1,1,1]
                %norm = batch_normalization(%conv, %scale, %bias, %mean, %variance) epsilon=1e-5
                %y = relu(%norm)
                return %y\
                """),
            Sample.of("conv_prelu_per_channel", """
                %x: f32[1,3,5,7] = input
                %w: f32[16,3,3,3] = constant random 1
                %slope: f32[16,1,1] = constant random 2
                %conv = conv(%x, %w)
                %y = prelu(%conv, %slope)
                return %y\
                """),
            Sample.of("residual", """
                %x: f32[1,16,5,5] = input
                %w: f32[16,16,3,3] = constant random 1
                %b: f32[16] = constant random 2
                %conv = conv(%x, %w, %b) pads=[1,1,1,1]
                %sum = add(%conv, %x)
                %y = relu(%sum)
                return %y\
                """),
            Sample.of("residual_of_two_convs", """
                %x: f32[1,5,5,7] = input
                %w: f32[17,5,3,3] = constant random 1
                %v: f32[17,5,1,1] = constant random 2
                %conv = conv(%x, %w) pads=[1,1,1,1]
                %short = conv(%x, %v)
                %sum = add(%short, %conv)
                %y = relu(%sum)
                return %y\
                """),
            Sample.of("residual_then_pool", """
                %x: f32[1,16,6,6] = input
                %other: f32[1,16,6,6] = input
                %w: f32[16,16,1,1] = constant random 1
                %conv = conv(%x, %w)
                %sum = add(%other, %conv)
                %y = average_pool(%sum) kernel=[2,2] strides=[2,2]
                return %y\
                """),
            Sample.of("gated_conv", """
                %x: f32[1,5,5,5] = input
                %w: f32[16,5,1,1] = constant random 1
                %conv = conv(%x, %w)
                %gate = sigmoid(%conv)
                %y = mul(%conv, %gate)
                return %y\
                """),
            Sample.of("squeeze_and_excite", """
                %x: f32[1,16,5,5] = input
                %w: f32[4,16,1,1] = constant random 1
                %v: f32[16,4,1,1] = constant random 2
                %mean = reduce_mean(%x) axes=[2,3] keep_dims=true
                %less = conv(%mean, %w)
                %relu = relu(%less)
                %more = conv(%relu, %v)
                %gate = sigmoid(%more)
                %y = mul(%x, %gate)
                return %y\
                """),
            Sample.of("two_branches_joined", """
                %x: f32[1,5,6,6] = input
                %w: f32[16,5,3,3] = constant random 1
                %v: f32[7,5,1,1] = constant random 2
                %left = conv(%x, %w) pads=[1,1,1,1]
                %left_relu = relu(%left)
                %right = conv(%x, %v)
                %pool = max_pool(%x) kernel=[3,3] pads=[1,1,1,1]
                %y = concat(%left_relu, %right, %pool) axis=1
                return %y\
                """),
            Sample.of("concat_then_relu_then_conv", """
                %x: f32[1,16,5,5] = input
                %z: f32[1,32,5,5] = input
                %w: f32[17,48,1,1] = constant random 1
                %joined = concat(%x, %z) axis=1
                %relu = relu(%joined)
                %y = conv(%relu, %w)
                return %y\
                """),
            Sample.of("chain_of_1x1_convs", """
                %x: f32[1,3,5,7] = input
                %w1: f32[48,3,1,1] = constant random 1
                %w2: f32[17,48,1,1] = constant random 2
                %w3: f32[32,17,1,1] = constant random 3
                %w4: f32[5,32,1,1] = constant random 4
                %c1 = conv(%x, %w1)
                %r1 = relu(%c1)
                %c2 = conv(%r1, %w2)
                %r2 = tanh(%c2)
                %c3 = conv(%r2, %w3)
                %y = conv(%c3, %w4)
                return %y\
                """),
            Sample.of("chain_of_padded_convs_and_pools", """
                %x: f32[1,3,8,10] = input
                %w1: f32[16,3,3,3] = constant random 1
                %w2: f32[16,16,3,3] = constant random 2
                %w3: f32[5,16,2,2] = constant random 3
                %c1 = conv(%x, %w1) pads=[1,1,1,1]
                %p1 = max_pool(%c1) kernel=[3,3] strides=[2,2] pads=[1,1,1,1]
                %c2 = conv(%p1, %w2) pads=[1,1,1,1]
                %r2 = relu(%c2)
                %p2 = average_pool(%r2) kernel=[2,2] strides=[2,2]
                %y = conv(%p2, %w3) pads=[1,0,0,1]
                return %y\
                """),
            Sample.of("inverted_bottleneck", """
                %x: f32[1,16,5,5] = input
                %w1: f32[48,16,1,1] = constant random 1
                %w2: f32[48,1,3,3] = constant random 2
                %w3: f32[16,48,1,1] = constant random 3
                %c1 = conv(%x, %w1)
                %r1 = clip(%c1) min=0 max=6
                %c2 = conv(%r1, %w2) pads=[1,1,1,1] groups=48
                %r2 = clip(%c2) min=0 max=6
                %c3 = conv(%r2, %w3)
                %y = add(%x, %c3)
                return %y\
                """),
            Sample.of("channel_shuffle", """
                %x: f32[1,6,4,4] = input
                %w: f32[12,2,1,1] = constant random 1
                %v: f32[12,1,3,3] = constant random 2
                %conv = conv(%x, %w) groups=3
                %split = reshape(%conv) shape=[1,3,4,4,4]
                %swapped = transpose(%split) permutation=[0,2,1,3,4]
                %shuffled = reshape(%swapped) shape=[1,12,4,4]
                %y = conv(%shuffled, %v) pads=[1,1,1,1] groups=12
                return %y\
                """),
            Sample.of("conv_1d_relu_pool", """
                %x: f32[2,3,15] = input
                %w: f32[16,3,3] = constant random 1
                %conv = conv(%x, %w) pads=[1,1]
                %relu = relu(%conv)
                %y = max_pool(%relu) kernel=[3] strides=[2]
                return %y\
                """),
            Sample.of("conv_3d_relu_pool", """
                %x: f32[1,2,4,4,4] = input
                %w: f32[5,2,2,2,2] = constant random 1
                %conv = conv(%x, %w)
                %relu = relu(%conv)
                %y = max_pool(%relu) kernel=[2,2,2]
                return %y\
                """),
            Sample.of("classifier", """
                %x: f32[2,16,3,3] = input
                %w: f32[10,16] = constant random 1
                %b: f32[10] = constant random 2
                %mean = reduce_mean(%x) axes=[2,3] keep_dims=true
                %flat = flatten(%mean) axis=1
                %logits = gemm(%flat, %w, %b) alpha=1 beta=1 transpose_a=false transpose_b=true
                %y = softmax(%logits) axis=1
                return %y\
                """),
            Sample.of("fully_connected_of_a_flattened_image", """
                %x: f32[2,3,5,5] = input
                %w: f32[4,3,2,2] = constant random 1
                %v: f32[17,64] = constant random 2
                %b: f32[17] = constant random 3
                %conv = conv(%x, %w)
                %flat = flatten(%conv) axis=1
                %relu = relu(%flat)
                %dense = gemm(%relu, %v, %b) alpha=1 beta=1 transpose_a=false transpose_b=true
                %y = tanh(%dense)
                return %y\
                """),
            Sample.of("attention", """
                %q: f32[2,5,4] = input
                %k: f32[2,7,4] = input
                %v: f32[2,7,3] = input
                %half: f32[] = constant [0.5]
                %turned = transpose(%k) permutation=[0,2,1]
                %products = matmul(%q, %turned)
                %scores = mul(%products, %half)
                %weights = softmax(%scores) axis=-1
                %y = matmul(%weights, %v)
                return %y\
                """),
            Sample.of("conv_lrn_pool", """
                %x: f32[1,3,7,7] = input
                %w: f32[16,3,3,3] = constant random 1
                %conv = conv(%x, %w)
                %relu = relu(%conv)
                %norm = lrn(%relu) size=5 alpha=0.5 beta=0.75 bias=1
                %y = max_pool(%norm) kernel=[3,3] strides=[2,2]
                return %y\
                """),
            Sample.of("value_read_by_a_kernel_and_returned", """
                %x: f32[1,3,5,5] = input
                %w: f32[16,3,1,1] = constant random 1
                %conv = conv(%x, %w)
                %y = relu(%conv)
                return %conv, %y\
                """),
            Sample.of("pad_then_pool", """
                %x: f32[1,5,5,6] = input
                %padded = pad(%x) pads=[0,0,1,1,0,0,1,2] mode=edge value=0
                %relu = relu(%padded)
                %y = max_pool(%relu) kernel=[3,3] strides=[2,2]
                return %y\
                """),
            Sample.of("conv_with_elementwise_weights", """
                %x: f32[1,3,5,5] = input
                %scale: f32[4,1,1,1] = input
                %w: f32[4,3,3,3] = constant random 1
                %weights = mul(%w, %scale)
                %y = conv(%x, %weights) pads=[1,1,1,1]
                return %y\
                """));

    private FusedSamples() {}
}
