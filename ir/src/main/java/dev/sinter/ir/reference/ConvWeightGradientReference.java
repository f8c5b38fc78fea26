package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Window;
import java.util.Arrays;
import java.util.List;

/// The oracle for a convolution's gradient with respect to its weights: for each pair of channels it goes through the
/// output's elements and sees which
/// element of the input each weight was multiplied with.
public final class ConvWeightGradientReference {
    private final SpatialInput x;
    private final SpatialInput gradient;
    private final WindowReads reads;
    private final int groupChannels;
    private final int groupOutputs;
    private final long images;

    private ConvWeightGradientReference(Window window, long groups, TensorView x, TensorView gradient) {
        this.x = SpatialInput.of(x);
        this.gradient = SpatialInput.of(gradient);
        reads = WindowReads.of(window, x.type().shape(), gradient.type().shape(), AxisReads::sliding);
        groupChannels = Math.toIntExact(this.x.channels() / groups);
        groupOutputs = Math.toIntExact(this.gradient.channels() / groups);
        images = x.type().shape().dim(0);
    }

    public static void evaluate(
            Window window, long groups, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView result = outputs.getFirst();
        var reference = new ConvWeightGradientReference(window, groups, inputs.get(0), inputs.get(1));
        Arithmetic arithmetic = new Arithmetic(rounding, result.type().element());
        long pairs = result.type().shape().dim(0) * reference.groupChannels;
        ParallelLoop.units(pairs, pair -> reference.pair(pair, arithmetic, result));
    }

    /// All weights between one input and one output channel.
    private void pair(long pair, Arithmetic arithmetic, TensorView result) {
        int output = (int) (pair / groupChannels);
        int channel = output / groupOutputs * groupChannels + (int) (pair % groupChannels);
        boolean exact = x.view().isExact() && gradient.view().isExact();
        double[] sums = new double[reads.points()];
        double[] magnitudes = new double[reads.points()];
        double[] upper = new double[reads.points()];
        Planes values = new Planes(x.view()::readValues, gradient.view()::readValues);
        Planes largest = new Planes(x.view()::readMagnitudes, gradient.view()::readMagnitudes);
        for (long image = 0; image < images; image++) {
            add(values, image, channel, output, sums, magnitudes);
            if (!exact) {
                add(largest, image, channel, output, upper, new double[reads.points()]);
            }
        }
        long terms = images * reads.positions();
        for (int point = 0; point < reads.points(); point++) {
            double magnitude = exact ? magnitudes[point] : upper[point];
            double spread = Math.max(0, magnitude - magnitudes[point]);
            result.set(
                    pair * reads.points() + point,
                    arithmetic.stored(arithmetic.dotProduct(sums[point], exact ? 0 : spread, magnitude, terms, 0)));
        }
    }

    private interface Reader {
        void read(long start, double[] into);
    }

    private record Planes(Reader input, Reader gradient) {}

    private void add(Planes planes, long image, int channel, int output, double[] sums, double[] magnitudes) {
        double[] source = new double[x.depth() * x.height() * x.width()];
        double[] factor = new double[reads.positions()];
        planes.input().read(x.row(image * x.channels() + channel, 0, 0), source);
        planes.gradient().read(gradient.row(image * gradient.channels() + output, 0, 0), factor);
        int point = 0;
        for (int kd = 0; kd < reads.depth().points(); kd++) {
            for (int kh = 0; kh < reads.height().points(); kh++) {
                for (int kw = 0; kw < reads.width().points(); kw++) {
                    double[] products = products(source, factor, kd, kh, kw);
                    sums[point] += Arrays.stream(products).sum();
                    magnitudes[point] += Arrays.stream(products).map(Math::abs).sum();
                    point++;
                }
            }
        }
    }

    private double[] products(double[] source, double[] factor, int kd, int kh, int kw) {
        double[] products = new double[factor.length];
        int i = 0;
        for (int depth = 0; depth < reads.depth().outputs(); depth++) {
            int atDepth = reads.depth().source(kd, depth);
            for (int height = 0; height < reads.height().outputs(); height++) {
                int atHeight = reads.height().source(kh, height);
                for (int width = 0; width < reads.width().outputs(); width++, i++) {
                    int atWidth = reads.width().source(kw, width);
                    if (atDepth != AxisReads.OUTSIDE && atHeight != AxisReads.OUTSIDE && atWidth != AxisReads.OUTSIDE) {
                        products[i] = source[(atDepth * x.height() + atHeight) * x.width() + atWidth] * factor[i];
                    }
                }
            }
        }
        return products;
    }
}
