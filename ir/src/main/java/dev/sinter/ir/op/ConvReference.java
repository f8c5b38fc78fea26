package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for [Conv].
final class ConvReference {
    private ConvReference() {}

    static void evaluate(Conv op, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        SpatialInput x = SpatialInput.of(inputs.get(0));
        TensorView weights = inputs.get(1);
        Shape shape = weights.type().shape();
        SpatialTaps taps = SpatialTaps.of(
                op.window(shape), inputs.get(0).type().shape(), y.type().shape(), Taps::sliding);
        int outputChannels = Math.toIntExact(shape.dim(0));
        int groups = Math.toIntExact(op.groups());
        ConvolutionProduct product =
                new ConvolutionProduct(x, taps, weights, layout(shape, groups, taps.points()), groups, outputChannels);
        product.evaluate(new Arithmetic(rounding, y.type().element()), inputs.size() == 3 ? inputs.get(2) : null, y);
    }

    /// Weights `[M, C/groups, K…]`: the channels of an output stand side by side.
    private static ConvolutionProduct.WeightLayout layout(Shape weights, int groups, long points) {
        long groupOutputs = weights.dim(0) / groups;
        long groupChannels = weights.dim(1);
        return (reader, group, row, channel, channels, into) ->
                reader.read(((group * groupOutputs + row) * groupChannels + channel) * points, into);
    }
}
