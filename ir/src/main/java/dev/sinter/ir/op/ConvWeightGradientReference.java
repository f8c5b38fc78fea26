package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import java.util.Arrays;
import java.util.List;

/// The oracle for [ConvWeightGradient]: for each pair of channels it goes through the output's elements and sees which
/// element of the input each weight was multiplied with.
final class ConvWeightGradientReference {
    private final SpatialInput x;
    private final SpatialInput gradient;
    private final SpatialTaps taps;
    private final int groupChannels;
    private final int groupOutputs;
    private final long images;

    private ConvWeightGradientReference(ConvWeightGradient op, TensorView x, TensorView gradient) {
        this.x = SpatialInput.of(x);
        this.gradient = SpatialInput.of(gradient);
        taps = SpatialTaps.of(op.window(), x.type().shape(), gradient.type().shape(), Taps::sliding);
        groupChannels = Math.toIntExact(this.x.channels() / op.groups());
        groupOutputs = Math.toIntExact(this.gradient.channels() / op.groups());
        images = x.type().shape().dim(0);
    }

    static void evaluate(ConvWeightGradient op, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView result = outputs.getFirst();
        var reference = new ConvWeightGradientReference(op, inputs.get(0), inputs.get(1));
        Arithmetic arithmetic = new Arithmetic(rounding, result.type().element());
        long pairs = result.type().shape().dim(0) * reference.groupChannels;
        Sweep.units(pairs, pair -> reference.pair(pair, arithmetic, result));
    }

    /// All weights between one input and one output channel.
    private void pair(long pair, Arithmetic arithmetic, TensorView result) {
        int output = (int) (pair / groupChannels);
        int channel = output / groupOutputs * groupChannels + (int) (pair % groupChannels);
        boolean exact = x.view().isExact() && gradient.view().isExact();
        double[] sums = new double[taps.points()];
        double[] magnitudes = new double[taps.points()];
        double[] upper = new double[taps.points()];
        Planes values = new Planes(x.view()::readValues, gradient.view()::readValues);
        Planes largest = new Planes(x.view()::readMagnitudes, gradient.view()::readMagnitudes);
        for (long image = 0; image < images; image++) {
            add(values, image, channel, output, sums, magnitudes);
            if (!exact) {
                add(largest, image, channel, output, upper, new double[taps.points()]);
            }
        }
        long terms = images * taps.positions();
        for (int point = 0; point < taps.points(); point++) {
            double magnitude = exact ? magnitudes[point] : upper[point];
            double spread = Math.max(0, magnitude - magnitudes[point]);
            result.set(
                    pair * taps.points() + point,
                    arithmetic.stored(arithmetic.dotProduct(sums[point], exact ? 0 : spread, magnitude, terms, 0)));
        }
    }

    private interface Reader {
        void read(long start, double[] into);
    }

    private record Planes(Reader input, Reader gradient) {}

    private void add(Planes planes, long image, int channel, int output, double[] sums, double[] magnitudes) {
        double[] source = new double[x.depth() * x.height() * x.width()];
        double[] factor = new double[taps.positions()];
        planes.input().read(x.row(image * x.channels() + channel, 0, 0), source);
        planes.gradient().read(gradient.row(image * gradient.channels() + output, 0, 0), factor);
        int point = 0;
        for (int kd = 0; kd < taps.depth().points(); kd++) {
            for (int kh = 0; kh < taps.height().points(); kh++) {
                for (int kw = 0; kw < taps.width().points(); kw++) {
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
        for (int depth = 0; depth < taps.depth().outputs(); depth++) {
            int atDepth = taps.depth().source(kd, depth);
            for (int height = 0; height < taps.height().outputs(); height++) {
                int atHeight = taps.height().source(kh, height);
                for (int width = 0; width < taps.width().outputs(); width++, i++) {
                    int atWidth = taps.width().source(kw, width);
                    if (atDepth != Taps.OUTSIDE && atHeight != Taps.OUTSIDE && atWidth != Taps.OUTSIDE) {
                        products[i] = source[(atDepth * x.height() + atHeight) * x.width() + atWidth] * factor[i];
                    }
                }
            }
        }
        return products;
    }
}
