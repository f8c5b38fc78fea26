package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;

/// The oracle for transposed convolution: seen from an output element, it gathers what each input element adds to it.
public final class ConvTransposeReference {
    private ConvTransposeReference() {}

    public static void evaluate(
            Window window, long groupCount, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        SpatialInput x = SpatialInput.of(inputs.get(0));
        TensorView weights = inputs.get(1);
        Shape shape = weights.type().shape();
        WindowReads reads =
                WindowReads.of(window, inputs.get(0).type().shape(), y.type().shape(), AxisReads::spreading);
        int groups = Math.toIntExact(groupCount);
        int outputChannels = Math.toIntExact(shape.dim(1)) * groups;
        ConvolutionProduct product = new ConvolutionProduct(
                x, reads, weights, layout(shape, groups, reads.points()), groups, outputChannels);
        product.evaluate(new Arithmetic(rounding, y.type().element()), inputs.size() == 3 ? inputs.get(2) : null, y);
    }

    /// Weights `[C, M/groups, K…]`: the channels of an output stand apart.
    private static ConvolutionProduct.WeightLayout layout(Shape weights, int groups, int points) {
        long groupChannels = weights.dim(0) / groups;
        long groupOutputs = weights.dim(1);
        return (reader, group, row, channel, channels, into) -> {
            double[] one = new double[points];
            for (int i = 0; i < channels; i++) {
                reader.read(((group * groupChannels + channel + i) * groupOutputs + row) * points, one);
                System.arraycopy(one, 0, into, i * points, points);
            }
        };
    }
}
