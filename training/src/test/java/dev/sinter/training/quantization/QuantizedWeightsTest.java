package dev.sinter.training.quantization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QuantizedWeightsTest {
    private static Product product(String text) {
        Graph graph = GraphParser.parse("sinter.graph 1\n" + text, "test");
        return Product.of(graph, graph.nodes().getFirst()).orElseThrow();
    }

    private static Product conv(String weights) {
        return product("""
            graph g {
              %x: f32[1,1,1,2] = input
              %w: f32[2,1,1,2] = constant [\
            """ + weights + """
            ]
              %b: f32[2] = constant [0.5, -2]
              %y = conv(%x, %w, %b) strides=[1,1] pads=[0,0,0,0] dilations=[1,1] groups=1
              return %y
            }
            """);
    }

    private static QuantizedWeights of(Product product, float inputScale, boolean perChannel) {
        return QuantizedWeights.of(product, inputScale, product.bias(), perChannel);
    }

    @Test
    void each_output_channel_has_its_scale() {
        QuantizedWeights weights = of(conv("1.27, -0.5, 12.7, 5"), 0.1f, true);
        assertArrayEquals(new long[] {127, -50, 127, 50}, weights.weights().toLongs());
        assertArrayEquals(new float[] {0.01f, 0.1f}, weights.weightScales().toFloats(), 1e-9f);
        assertEquals("[2, 1, 1, 1]", weights.weightScales().shape().dims().toString());
    }

    @Test
    void all_channels_can_share_one() {
        QuantizedWeights weights = of(conv("1.27, -0.5, 12.7, 5"), 0.1f, false);
        assertArrayEquals(new long[] {13, -5, 127, 50}, weights.weights().toLongs());
        assertEquals(0, weights.weightScales().shape().rank());
    }

    @Test
    void the_bias_is_in_units_of_both_scales() {
        QuantizedWeights weights = of(conv("1.27, -0.5, 12.7, 5"), 0.1f, true);
        assertArrayEquals(new long[] {500, -200}, weights.bias().orElseThrow().toLongs());
        assertEquals(
                0.1f * weights.weightScales().get(1),
                weights.biasScales().orElseThrow().get(1),
                1e-8);
    }

    @Test
    void a_channel_of_tiny_weights_still_holds_its_bias() {
        QuantizedWeights weights = of(conv("1e-20, 0, 1, 1"), 1e-3f, true);
        double bias = weights.bias().orElseThrow().get(0)
                * weights.biasScales().orElseThrow().get(0);
        assertEquals(0.5, bias, 1e-6);
    }

    @Test
    void a_channel_of_zeros_has_scale_one_unless_its_bias_needs_another() {
        QuantizedWeights weights =
                QuantizedWeights.of(conv("0, 0, 1, 1"), 0.1f, Optional.of(new double[] {0, 0}), true);
        assertEquals(1, weights.weightScales().get(0));
        assertArrayEquals(new long[] {0, 0, 127, 127}, weights.weights().toLongs());
    }

    @Test
    void groups_of_a_transposed_convolution_share_scales() {
        Product product = product("""
            graph g {
              %x: f32[1,2,1,1] = input
              %w: f32[2,2,1,1] = constant [1, 2, 3, 4]
              %y = conv_transpose(%x, %w) strides=[1,1] pads=[0,0,0,0] output_pads=[0,0] dilations=[1,1] groups=2
              return %y
            }
            """);
        QuantizedWeights weights = QuantizedWeights.of(product, 1, Optional.of(new double[] {1, 2, 3, 4}), true);
        assertArrayEquals(new long[] {42, 64, 127, 127}, weights.weights().toLongs());
        assertArrayEquals(
                new float[] {3 / 127f, 4 / 127f, 3 / 127f, 4 / 127f},
                weights.biasScales().orElseThrow().toFloats(),
                1e-9f);
    }

    @Test
    void factors_of_gemm_are_in_weights_and_bias() {
        Product product = product("""
            graph g {
              %x: f32[1,2] = input
              %w: f32[2,2] = constant [1, 2, 3, 4]
              %b: f32[1] = constant [10]
              %y = gemm(%x, %w, %b) alpha=0.5 beta=2 transpose_a=false transpose_b=false
              return %y
            }
            """);
        assertArrayEquals(new double[] {20, 20}, product.bias().orElseThrow());
        QuantizedWeights weights = of(product, 1, true);
        assertEquals(1.5 / 127, weights.weightScales().get(0), 1e-9);
        assertEquals(2.0 / 127, weights.weightScales().get(1), 1e-9);
        assertEquals("[1, 2]", weights.weightScales().shape().dims().toString());
    }

    @Test
    void a_matrix_that_is_added_is_no_bias() {
        Graph graph = GraphParser.parse("""
            sinter.graph 1
            graph g {
              %x: f32[2,2] = input
              %w: f32[2,2] = constant [1, 2, 3, 4]
              %b: f32[2,1] = constant [10, 20]
              %y = gemm(%x, %w, %b) alpha=1 beta=1 transpose_a=false transpose_b=false
              return %y
            }
            """, "test");
        assertTrue(Product.of(graph, graph.nodes().getFirst()).isEmpty());
    }

    @Test
    void a_weight_that_is_not_finite_is_told_with_its_layer() {
        CompileException fault = assertThrows(CompileException.class, () -> of(conv("inf, 0, 1, 1"), 0.1f, true));
        assertTrue(fault.getMessage().contains("y (conv)"), fault.getMessage());
        assertTrue(fault.getMessage().contains("--keep y"), fault.getMessage());
    }
}
