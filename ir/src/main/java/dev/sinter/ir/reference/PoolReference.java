package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;

/// The oracle for pooling.
public final class PoolReference {
    private PoolReference() {}

    private interface WindowResult {
        /// The result of one window from the elements of the input that it stands on, the first `count` of the arrays.
        ///
        /// @param divisor by what an average divides their sum
        Bounded of(double[] values, double[] bounds, int count, long divisor);
    }

    public static void max(Window window, List<TensorView> inputs, List<TensorView> outputs) {
        ElementType element = outputs.getFirst().type().element();
        double least = element.isFloating() ? Double.NEGATIVE_INFINITY : IntegerLimits.least(element);
        pool(window, false, inputs, outputs, (values, bounds, count, _) -> {
            Bounded max = Bounded.exact(least);
            for (int i = 0; i < count; i++) {
                max = max.max(new Bounded(values[i], bounds[i]));
            }
            return max;
        });
    }

    public static void average(
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

    /// (Σ |x|^p)^(1/p).
    public static void norm(
            Window window, long p, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        PowerSum sums =
                new PowerSum(new Arithmetic(rounding, outputs.getFirst().type().element()), p);
        pool(window, false, inputs, outputs, (values, bounds, count, _) -> {
            return sums.norm(count, i -> new Bounded(values[i], bounds[i]));
        });
    }

    private static void pool(
            Window window,
            boolean includePad,
            List<TensorView> inputs,
            List<TensorView> outputs,
            WindowResult pooling) {
        TensorView y = outputs.getFirst();
        Shape shape = inputs.getFirst().type().shape();
        SpatialInput x = SpatialInput.of(inputs.getFirst());
        WindowReads reads = WindowReads.of(window, shape, y.type().shape(), AxisReads::sliding);
        long[][] divisors = {
            divisors(window, shape, 3, reads.depth(), includePad),
            divisors(window, shape, 2, reads.height(), includePad),
            divisors(window, shape, 1, reads.width(), includePad)
        };
        ParallelLoop.units(shape.dim(0) * shape.dim(1), plane -> plane(x, plane, reads, divisors, pooling, y));
    }

    /// By what an average under each window of a plane divides.
    static long[] divisors(Window window, boolean includePad, Shape input, Shape output) {
        WindowReads reads = WindowReads.of(window, input, output, AxisReads::sliding);
        long[] depth = divisors(window, input, 3, reads.depth(), includePad);
        long[] height = divisors(window, input, 2, reads.height(), includePad);
        long[] width = divisors(window, input, 1, reads.width(), includePad);
        long[] all = new long[reads.positions()];
        for (int i = 0; i < all.length; i++) {
            all[i] = depth[i / width.length / height.length]
                    * height[i / width.length % height.length]
                    * width[i % width.length];
        }
        return all;
    }

    /// For each output along the dimension that is `fromEnd` from the end, how many points of the window count.
    private static long[] divisors(Window window, Shape input, int fromEnd, AxisReads reads, boolean includePad) {
        int axis = window.rank() - fromEnd;
        long[] divisors = new long[reads.outputs()];
        for (int e = 0; e < divisors.length; e++) {
            if (axis < 0 || !includePad) {
                divisors[e] = reads.inside(e);
                continue;
            }
            long padded = input.dim(axis + 2) + window.padBegin(axis) + window.padEnd(axis);
            for (int k = 0; k < reads.points(); k++) {
                long at =
                        e * window.strides().get(axis) + k * window.dilations().get(axis);
                divisors[e] += at < padded ? 1 : 0;
            }
        }
        return divisors;
    }

    private static void plane(
            SpatialInput x, long plane, WindowReads reads, long[][] divisors, WindowResult pooling, TensorView y) {
        double[] values = new double[x.depth() * x.height() * x.width()];
        double[] bounds = new double[values.length];
        x.view().readValues(x.row(plane, 0, 0), values);
        x.view().readBounds(x.row(plane, 0, 0), bounds);
        double[] windowValues = new double[reads.points()];
        double[] windowBounds = new double[reads.points()];
        long i = plane * reads.positions();
        for (int depth = 0; depth < reads.depth().outputs(); depth++) {
            for (int height = 0; height < reads.height().outputs(); height++) {
                for (int width = 0; width < reads.width().outputs(); width++) {
                    int count = collect(x, reads, depth, height, width, values, windowValues);
                    collect(x, reads, depth, height, width, bounds, windowBounds);
                    long divisor = divisors[0][depth] * divisors[1][height] * divisors[2][width];
                    set(y, i, pooling.of(windowValues, windowBounds, count, divisor));
                    i++;
                }
            }
        }
    }

    private static void set(TensorView y, long i, Bounded result) {
        if (y.type().element().isFloating()) {
            y.set(i, result);
        } else {
            y.setInteger(i, (long) result.value(), result.bound());
        }
    }

    /// Copies what the window at an output position stands on, and returns how many elements that are.
    private static int collect(
            SpatialInput x, WindowReads reads, int depth, int height, int width, double[] from, double[] into) {
        int count = 0;
        for (int kd = 0; kd < reads.depth().points(); kd++) {
            int atDepth = reads.depth().source(kd, depth);
            for (int kh = 0; kh < reads.height().points(); kh++) {
                int atHeight = reads.height().source(kh, height);
                if (atDepth == AxisReads.OUTSIDE || atHeight == AxisReads.OUTSIDE) {
                    continue;
                }
                int row = (atDepth * x.height() + atHeight) * x.width();
                for (int kw = 0; kw < reads.width().points(); kw++) {
                    int atWidth = reads.width().source(kw, width);
                    if (atWidth != AxisReads.OUTSIDE) {
                        into[count] = from[row + atWidth];
                        count++;
                    }
                }
            }
        }
        return count;
    }
}
