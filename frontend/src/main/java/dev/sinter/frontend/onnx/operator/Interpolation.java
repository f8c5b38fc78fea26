package dev.sinter.frontend.onnx.operator;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// Which neighbours of a place an interpolation takes, and by how much it weighs each.
///
/// Sources: ONNX, operator Resize; Keys, "Cubic convolution interpolation for digital image processing", IEEE
/// Transactions on Acoustics, Speech, and Signal Processing 29, 1981.
sealed interface Interpolation {
    /// The neighbours at and around a place, from `first` on, and the weight of each.
    record Taps(long first, double[] weights) {}

    Taps at(double place, double scale);

    /// How a place between two elements is rounded.
    enum Rounding {
        ROUND_PREFER_FLOOR,
        ROUND_PREFER_CEIL,
        FLOOR,
        CEIL,
        /// Before opset 11, which does not say: as ONNX Runtime has it, the element after a place where the result is
        /// smaller, and else that before it.
        CEIL_WHERE_SMALLER
    }

    /// The nearest element.
    record Nearest(Rounding rounding) implements Interpolation {
        @Override
        public Taps at(double place, double scale) {
            double nearest = switch (rounding) {
                case ROUND_PREFER_FLOOR -> Math.ceil(place - 0.5);
                case ROUND_PREFER_CEIL -> Math.floor(place + 0.5);
                case FLOOR -> Math.floor(place);
                case CEIL -> Math.ceil(place);
                case CEIL_WHERE_SMALLER -> scale < 1 ? Math.ceil(place) : Math.floor(place);
            };
            return new Taps((long) nearest, new double[] {1});
        }
    }

    /// On a straight line between two elements.
    ///
    /// @param antialias whether the line is as wide as what a smaller result leaves out
    record Linear(boolean antialias) implements Interpolation {
        @Override
        public Taps at(double place, double scale) {
            return taps(place, antialias ? Math.min(scale, 1) : 1, 1, x -> Math.max(0, 1 - Math.abs(x)));
        }
    }

    /// On a cubic curve through four elements.
    ///
    /// @param a the slope of the curve's outer parts
    record Cubic(double a, boolean antialias) implements Interpolation {
        @Override
        public Taps at(double place, double scale) {
            return taps(place, antialias ? Math.min(scale, 1) : 1, 2, x -> curve(Math.abs(x)));
        }

        private double curve(double x) {
            if (x <= 1) {
                return ((a + 2) * x - (a + 3)) * x * x + 1;
            }
            return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
        }
    }

    /// @param scale by which the curve is narrower than one that reaches `reach` elements to each side
    private static Taps taps(double place, double scale, int reach, DoubleUnaryOperator curve) {
        long side = (long) Math.ceil(reach / scale);
        long left = (long) Math.floor(place);
        double[] weights = new double[Math.toIntExact(2 * side)];
        long first = left - side + 1;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = curve.applyAsDouble((first + i - place) * scale);
        }
        double sum = scale == 1 ? 1 : Arrays.stream(weights).sum();
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return new Taps(first, weights);
    }
}
