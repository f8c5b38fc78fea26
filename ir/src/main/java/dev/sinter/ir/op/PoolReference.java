package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for pooling.
final class PoolReference {
    private PoolReference() {}

    private interface Pooling {
        /// The result of one window from the elements of the input that it stands on, the first `count` of the arrays.
        ///
        /// @param divisor by what an average divides their sum
        Bounded of(double[] values, double[] bounds, int count, long divisor);
    }

    static void max(Window window, List<TensorView> inputs, List<TensorView> outputs) {
        pool(window, false, inputs, outputs, (values, bounds, count, _) -> {
            Bounded max = Bounded.exact(Double.NEGATIVE_INFINITY);
            for (int i = 0; i < count; i++) {
                max = max.max(new Bounded(values[i], bounds[i]));
            }
            return max;
        });
    }

    static void average(
            Window window,
            boolean countIncludePad,
            Rounding rounding,
            List<TensorView> inputs,
            List<TensorView> outputs) {
        Arithmetic arithmetic =
                new Arithmetic(rounding, outputs.getFirst().type().element());
        pool(window, countIncludePad, inputs, outputs, (values, bounds, count, divisor) -> {
            double sum = 0;
            double spread = 0;
            double magnitude = 0;
            for (int i = 0; i < count; i++) {
                sum += values[i];
                spread += bounds[i];
                magnitude += Math.abs(values[i]) + bounds[i];
            }
            Bounded total = arithmetic.sum(sum, spread, magnitude, count, i -> values[(int) i]);
            return arithmetic.stored(arithmetic.dividedBy(total, Bounded.exact(divisor)));
        });
    }

    private static void pool(
            Window window, boolean includePad, List<TensorView> inputs, List<TensorView> outputs, Pooling pooling) {
        TensorView y = outputs.getFirst();
        Shape shape = inputs.getFirst().type().shape();
        SpatialInput x = SpatialInput.of(inputs.getFirst());
        SpatialTaps taps = SpatialTaps.of(window, shape, y.type().shape(), Taps::sliding);
        long[][] divisors = {
            divisors(window, shape, 3, taps.depth(), includePad),
            divisors(window, shape, 2, taps.height(), includePad),
            divisors(window, shape, 1, taps.width(), includePad)
        };
        Sweep.units(shape.dim(0) * shape.dim(1), plane -> plane(x, plane, taps, divisors, pooling, y));
    }

    /// By what an average under each window of a plane divides.
    static long[] divisors(Window window, boolean includePad, Shape input, Shape output) {
        SpatialTaps taps = SpatialTaps.of(window, input, output, Taps::sliding);
        long[] depth = divisors(window, input, 3, taps.depth(), includePad);
        long[] height = divisors(window, input, 2, taps.height(), includePad);
        long[] width = divisors(window, input, 1, taps.width(), includePad);
        long[] all = new long[taps.positions()];
        for (int i = 0; i < all.length; i++) {
            all[i] = depth[i / width.length / height.length]
                    * height[i / width.length % height.length]
                    * width[i % width.length];
        }
        return all;
    }

    /// For each output along the dimension that is `fromEnd` from the end, how many points of the window count.
    private static long[] divisors(Window window, Shape input, int fromEnd, Taps taps, boolean includePad) {
        int axis = window.rank() - fromEnd;
        long[] divisors = new long[taps.outputs()];
        for (int e = 0; e < divisors.length; e++) {
            if (axis < 0 || !includePad) {
                divisors[e] = taps.inside(e);
                continue;
            }
            long padded = input.dim(axis + 2) + window.padBegin(axis) + window.padEnd(axis);
            for (int k = 0; k < taps.points(); k++) {
                long at =
                        e * window.strides().get(axis) + k * window.dilations().get(axis);
                divisors[e] += at < padded ? 1 : 0;
            }
        }
        return divisors;
    }

    private static void plane(
            SpatialInput x, long plane, SpatialTaps taps, long[][] divisors, Pooling pooling, TensorView y) {
        double[] values = new double[x.depth() * x.height() * x.width()];
        double[] bounds = new double[values.length];
        x.view().readValues(x.row(plane, 0, 0), values);
        x.view().readBounds(x.row(plane, 0, 0), bounds);
        double[] windowValues = new double[taps.points()];
        double[] windowBounds = new double[taps.points()];
        long i = plane * taps.positions();
        for (int depth = 0; depth < taps.depth().outputs(); depth++) {
            for (int height = 0; height < taps.height().outputs(); height++) {
                for (int width = 0; width < taps.width().outputs(); width++) {
                    int count = collect(x, taps, depth, height, width, values, windowValues);
                    collect(x, taps, depth, height, width, bounds, windowBounds);
                    long divisor = divisors[0][depth] * divisors[1][height] * divisors[2][width];
                    y.set(i, pooling.of(windowValues, windowBounds, count, divisor));
                    i++;
                }
            }
        }
    }

    /// Copies what the window at an output position stands on, and returns how many elements that are.
    private static int collect(
            SpatialInput x, SpatialTaps taps, int depth, int height, int width, double[] from, double[] into) {
        int count = 0;
        for (int kd = 0; kd < taps.depth().points(); kd++) {
            int atDepth = taps.depth().source(kd, depth);
            for (int kh = 0; kh < taps.height().points(); kh++) {
                int atHeight = taps.height().source(kh, height);
                if (atDepth == Taps.OUTSIDE || atHeight == Taps.OUTSIDE) {
                    continue;
                }
                int row = (atDepth * x.height() + atHeight) * x.width();
                for (int kw = 0; kw < taps.width().points(); kw++) {
                    int atWidth = taps.width().source(kw, width);
                    if (atWidth != Taps.OUTSIDE) {
                        into[count] = from[row + atWidth];
                        count++;
                    }
                }
            }
        }
        return count;
    }
}
