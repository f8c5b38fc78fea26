package dev.sinter.training.quantization;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Weights and bias of a layer as integers. Weights are from -127 to 127, symmetric about 0 (Jacob et al., 2018,
/// section 3, <https://arxiv.org/abs/1712.05877>), so that a product needs no sum over what it reads for each weight's
/// zero point; the bias is in units of input scale times weight scale, of which products are sums (section 2.4).
///
/// @param product the layer in floating point
/// @param weights `i8`, in the layer's own shape
/// @param weightScales in a shape that is stretched to the weights': `[1, M, 1, 1]`, or `[]`
/// @param bias `i32`, one for each output channel
/// @param biasScales `f32`, likewise
record QuantizedWeights(
        Product product, Tensor weights, Tensor weightScales, Optional<Tensor> bias, Optional<Tensor> biasScales) {
    private static final double MOST = 127;

    /// A bias is to fit into 32 bits, with as many again for the sum that it is added to.
    private static final double MOST_BIAS = 0x1p30;

    /// @param inputScale of what the layer reads
    /// @param bias of each output channel; empty if the operator takes none
    static QuantizedWeights of(Product product, float inputScale, Optional<double[]> bias, boolean perChannel) {
        float[] scales = scales(product, inputScale, bias, perChannel);
        Tensor weights = Tensor.allocate(product.weights().type().withElement(ElementType.INT8));
        for (long i = 0; i < weights.shape().elements(); i++) {
            double steps = product.weight(i) / scales[scales.length == 1 ? 0 : product.scaleOf(i)];
            weights.setLong(i, (long) Math.clamp(Math.rint(steps), -MOST, MOST));
        }
        Optional<Tensor> biasScales = bias.map(values -> biasScales(values.length, inputScale, scales));
        return new QuantizedWeights(
                product,
                weights,
                Tensor.ofFloats(scaleShape(product, scales.length), scales),
                bias.map(values -> integers(values, biasScales.orElseThrow())),
                biasScales);
    }

    private static Shape scaleShape(Product product, int scales) {
        if (scales == 1) {
            return Shape.of();
        }
        List<Long> dims =
                new ArrayList<>(Collections.nCopies(product.weights().shape().rank(), 1L));
        dims.set(product.channelAxis(), (long) scales);
        return new Shape(dims);
    }

    private static float[] scales(Product product, float inputScale, Optional<double[]> bias, boolean perChannel) {
        double[] largest = new double[perChannel ? product.scales() : 1];
        for (long i = 0; i < product.weights().shape().elements(); i++) {
            double weight = Math.abs(product.weight(i));
            if (!Double.isFinite(weight)) {
                throw new CompileException(
                        Code.INPUT_DATA,
                        product.node().label(),
                        "has a weight of " + weight + ", but what is quantised is finite",
                        "--keep " + product.node().name() + " leaves it in float32");
            }
            int scale = largest.length == 1 ? 0 : product.scaleOf(i);
            largest[scale] = Math.max(largest[scale], weight);
        }
        double[] biases = bias.orElseGet(() -> new double[0]);
        float[] scales = new float[largest.length];
        for (int i = 0; i < scales.length; i++) {
            scales[i] = Math.max((float) (largest[i] / MOST), Float.MIN_NORMAL);
        }
        for (int channel = 0; channel < biases.length; channel++) {
            int scale = channel % scales.length;
            double least = Math.abs(biases[channel]) / (MOST_BIAS * inputScale);
            scales[scale] = Math.max(scales[scale], (float) least);
        }
        for (int i = 0; i < scales.length; i++) {
            // All that is multiplied by it is 0.
            scales[i] = largest[i] == 0 && scales[i] == Float.MIN_NORMAL ? 1 : scales[i];
        }
        return scales;
    }

    private static Tensor biasScales(int channels, float inputScale, float[] scales) {
        float[] products = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            products[channel] = inputScale * scales[channel % scales.length];
        }
        return Tensor.ofFloats(Shape.of(channels), products);
    }

    private static Tensor integers(double[] bias, Tensor scales) {
        Tensor integers = Tensor.allocate(TensorType.of(ElementType.INT32, bias.length));
        long[] rounded = new long[bias.length];
        Arrays.setAll(rounded, channel -> (long)
                Math.clamp(Math.rint(bias[channel] / scales.get(channel)), Integer.MIN_VALUE, Integer.MAX_VALUE));
        for (int channel = 0; channel < bias.length; channel++) {
            integers.setLong(channel, rounded[channel]);
        }
        return integers;
    }
}
