package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.numeric.Winograd;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.Optional;

/// The oracle for convolution.
public final class ConvReference {
    private ConvReference() {}

    public static void evaluate(
            Window window, long groupCount, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        if (!y.type().element().isFloating()) {
            IntegerProducts.conv(window, groupCount, inputs, outputs);
            return;
        }
        SpatialInput x = SpatialInput.of(inputs.get(0));
        TensorView weights = inputs.get(1);
        Shape shape = weights.type().shape();
        WindowReads reads =
                WindowReads.of(window, inputs.get(0).type().shape(), y.type().shape(), AxisReads::sliding);
        int outputChannels = Math.toIntExact(shape.dim(0));
        int groups = Math.toIntExact(groupCount);
        ConvolutionProduct product = new ConvolutionProduct(
                x, reads, weights, layout(shape, groups, reads.points()), groups, outputChannels);
        Optional<Winograd> winograd = rounding.winograd().filter(_ -> Winograd.computes(window, groupCount));
        if (winograd.isEmpty()) {
            product.evaluate(
                    new Arithmetic(rounding, y.type().element()).of(inputs), inputs.size() == 3 ? inputs.get(2) : null, y);
            return;
        }
        TensorView exact = TensorView.allocate(y.type());
        product.evaluate(new Arithmetic(Rounding.none(), y.type().element()), null, exact);
        WinogradReference.bound(winograd.get(), window, rounding, inputs, exact, y);
    }

    /// Weights `[M, C/groups, K…]`: the channels of an output stand side by side.
    private static ConvolutionProduct.WeightLayout layout(Shape weights, int groups, long points) {
        long groupOutputs = weights.dim(0) / groups;
        long groupChannels = weights.dim(1);
        return (reader, group, row, channel, channels, into) ->
                reader.read(((group * groupOutputs + row) * groupChannels + channel) * points, into);
    }
}
