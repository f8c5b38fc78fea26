package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Window;
import java.util.List;

/// The oracle for the gradients of pools: window by window it adds to each element what the window gives to it, and
/// keeps account of what the sums may be off by.
public final class PoolGradientReference {
    private PoolGradientReference() {}

    /// What a window gives to the elements under it.
    private interface Giving {
        /// @param elements the numbers of the elements under the window, the first `count` of the array
        /// @param output the number of the window's output element
        void give(int[] elements, int count, long output, Received received);
    }

    /// Sums for the elements of one plane.
    private record Received(double[] sums, double[] spreads, double[] magnitudes, int[] terms) {
        Received(int elements) {
            this(new double[elements], new double[elements], new double[elements], new int[elements]);
        }

        void add(int element, double value, double bound) {
            sums[element] += value;
            spreads[element] += bound;
            magnitudes[element] += Math.abs(value) + bound;
            terms[element]++;
        }
    }

    public static void max(Window window, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.get(0);
        TensorView gradient = inputs.get(1);
        TensorView result = outputs.getFirst();
        gather(window, rounding, gradient, result, plane -> {
            long start = plane * perPlane(x);
            return (elements, count, output, received) -> {
                Bounded given = gradient.get(output);
                double most = Double.NEGATIVE_INFINITY;
                double surely = Double.NEGATIVE_INFINITY;
                int first = -1;
                for (int i = 0; i < count; i++) {
                    double value = x.value(start + elements[i]);
                    if (value > most || value == most && first < 0) {
                        most = value;
                        first = i;
                    }
                    surely = Math.max(surely, value - x.bound(start + elements[i]));
                }
                for (int i = 0; i < count; i++) {
                    Bounded element = x.get(start + elements[i]);
                    boolean open = element.bound() > 0 && element.value() + element.bound() >= surely;
                    if (i == first || open) {
                        double value = i == first ? given.value() : 0;
                        received.add(elements[i], value, open ? given.magnitude() : given.bound());
                    }
                }
            };
        });
    }

    public static void average(
            Window window,
            boolean countIncludePad,
            Rounding rounding,
            List<TensorView> inputs,
            List<TensorView> outputs) {
        TensorView gradient = inputs.getFirst();
        TensorView result = outputs.getFirst();
        Arithmetic arithmetic = new Arithmetic(rounding, result.type().element());
        long[] counts = PoolReference.divisors(
                window, countIncludePad, result.type().shape(), gradient.type().shape());
        gather(window, rounding, gradient, result, _ -> (elements, count, output, received) -> {
            Bounded divisor = Bounded.exact(counts[(int) (output % counts.length)]);
            Bounded share = arithmetic.dividedBy(gradient.get(output), divisor);
            for (int i = 0; i < count; i++) {
                received.add(elements[i], share.value(), share.bound());
            }
        });
    }

    private interface PerPlane {
        Giving of(long plane);
    }

    private static void gather(
            Window window, Rounding rounding, TensorView gradient, TensorView result, PerPlane giving) {
        Shape shape = result.type().shape();
        WindowReads reads = WindowReads.of(window, shape, gradient.type().shape(), AxisReads::sliding);
        SpatialInput extents = SpatialInput.of(result);
        Arithmetic arithmetic = new Arithmetic(rounding, result.type().element());
        ParallelLoop.units(shape.dim(0) * shape.dim(1), plane -> {
            Received received = new Received((int) perPlane(result));
            Giving own = giving.of(plane);
            int[] elements = new int[reads.points()];
            for (int position = 0; position < reads.positions(); position++) {
                int count = reads.under(position, extents, elements);
                own.give(elements, count, plane * reads.positions() + position, received);
            }
            for (int i = 0; i < received.sums().length; i++) {
                Bounded sum = arithmetic.sum(
                        received.sums()[i], received.spreads()[i], received.magnitudes()[i], received.terms()[i]);
                result.set(plane * perPlane(result) + i, arithmetic.stored(sum));
            }
        });
    }

    private static long perPlane(TensorView view) {
        Shape shape = view.type().shape();
        return shape.dims().subList(2, shape.rank()).stream().reduce(1L, (a, b) -> a * b);
    }
}
