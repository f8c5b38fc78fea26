package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for elements at the places that a grid states.
public final class GridSampleReference {
    /// Roundings of a reflection.
    private static final int ROUNDINGS = 12;

    private final Manner manner;
    private final Arithmetic arithmetic;
    private final TensorView grid;
    private final SampledPlane sampled;
    private final double unit;

    /// @param mode NEAREST, LINEAR or CUBIC
    /// @param padding ZEROS, BORDER or REFLECTION
    public record Manner(String mode, String padding, boolean alignCorners) {
        private static final double COEFFICIENT = -0.75;

        /// Those of a distance from 0 to 2, times the slope of the curve.
        private static final double DISTANCE_ROUNDINGS = 4;

        boolean isNearest() {
            return mode.equals("NEAREST");
        }

        boolean isCubic() {
            return mode.equals("CUBIC");
        }

        /// How many elements to each side of a place are read.
        int reach() {
            return isCubic() ? 2 : 1;
        }

        /// The most by which the sum of the weights' magnitudes changes along one dimension, per element.
        double slope() {
            return isCubic() ? 6 : 2;
        }

        double weight(double distance) {
            double d = Math.abs(distance);
            if (!isCubic()) {
                return Math.max(0, 1 - d);
            }
            double a = COEFFICIENT;
            if (d <= 1) {
                return (a + 2) * d * d * d - (a + 3) * d * d + 1;
            }
            return d < 2 ? a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a : 0;
        }

        /// What a cubic weight is off by beside its own roundings, in units of roundoff: the terms of the curve cancel
        /// out, and do so wholly where it is zero.
        double roundings(double distance) {
            double d = Math.abs(distance);
            if (!isCubic() || d > 2) {
                return 0;
            }
            double a = COEFFICIENT;
            return DISTANCE_ROUNDINGS + (d <= 1 ? horner(d, a + 2, -a - 3, 0, 1) : horner(d, a, -5 * a, 8 * a, -4 * a));
        }

        /// Source: Higham, Accuracy and Stability of Numerical Algorithms, section 5.1: the running error bound.
        private static double horner(double x, double... coefficients) {
            double value = 0;
            double error = 0;
            for (double coefficient : coefficients) {
                value *= x;
                error = error * x + Math.abs(value);
                value += coefficient;
                error += Math.abs(value);
            }
            return error;
        }
    }

    private GridSampleReference(Manner manner, Rounding rounding, TensorView x, TensorView grid) {
        this.manner = manner;
        this.arithmetic = new Arithmetic(rounding, x.type().element());
        this.unit = rounding.unit(x.type().element());
        this.grid = grid;
        this.sampled = new SampledPlane(manner, rounding, x);
    }

    public static void sample(Manner manner, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        long channels = shape.dim(1);
        long places = shape.elements() == 0 ? 1 : shape.elements() / shape.dim(0) / channels;
        GridSampleReference reference = new GridSampleReference(manner, rounding, inputs.get(0), inputs.get(1));
        ParallelLoop.elements(shape.elements(), i -> {
            long image = i / places / channels;
            y.set(i, reference.element(i / places, image * places + i % places));
        });
    }

    /// @param plane of the input, by image and channel
    /// @param row of the grid
    private Bounded element(long plane, long row) {
        int space = sampled.rank();
        Bounded[] place = new Bounded[space];
        for (int axis = 0; axis < space; axis++) {
            place[axis] = place(grid.get(row * space + space - 1 - axis), sampled.extent(axis));
        }
        return arithmetic.stored(sampled.at(plane, place));
    }

    /// A coordinate from -1 to 1 in elements.
    private Bounded place(Bounded stated, long extent) {
        Bounded moved = arithmetic.plus(stated, Bounded.exact(1));
        Bounded place = manner.alignCorners()
                ? arithmetic.times(moved, Bounded.exact((extent - 1) / 2.0))
                : arithmetic.minus(arithmetic.times(moved, Bounded.exact(extent / 2.0)), Bounded.exact(0.5));
        double reflection = ROUNDINGS * unit * (Math.abs(place.value()) + 2.0 * extent);
        return new Bounded(place.value(), place.bound() + (manner.padding().equals("REFLECTION") ? reflection : 0));
    }
}
