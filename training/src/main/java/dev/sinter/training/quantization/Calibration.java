package dev.sinter.training.quantization;

import java.util.function.ToDoubleFunction;

/// How the range of an activation follows from the numbers that were seen.
public sealed interface Calibration {
    /// From the least number to the largest: nothing is clipped, and one outlier makes all steps long.
    record MinMax() implements Calibration {}

    /// The range outside of which `100 - percent` of a hundred numbers lie, half of them on each side
    /// (Wu et al., 2020, section 3.2, <https://arxiv.org/abs/2004.09602>).
    ///
    /// @param percent greater than 50, at most 100
    record Percentile(double percent) implements Calibration {
        /// What is clipped if nothing else was said.
        public static final double USUAL = 99.99;

        public Percentile {
            if (!(percent > 50 && percent <= 100)) {
                throw new IllegalArgumentException(
                        "percentile " + percent + " must be greater than 50 and at most 100");
            }
        }
    }

    /// The range that makes the mean square of what rounding and clipping change least
    /// (Nagel et al., 2021, section 3.1, <https://arxiv.org/abs/2106.08295>).
    record MeanSquaredError() implements Calibration {}

    /// True if the least and the largest number are not enough to go by.
    default boolean needsHistogram() {
        return !(this instanceof MinMax);
    }

    /// What users call it.
    default String text() {
        return switch (this) {
            case MinMax() -> "min-max";
            case Percentile(double percent) -> "percentile:" + percent;
            case MeanSquaredError() -> "mse";
        };
    }

    /// The range for numbers that are distributed like this.
    default ValueRange range(Histogram seen, ActivationType type) {
        return switch (this) {
            case MinMax() -> ValueRange.around(seen.low(), seen.high());
            case Percentile(double percent) -> {
                double outside = (1 - percent / 100) / 2;
                yield ValueRange.around(
                        outside == 0 ? seen.low() : seen.quantile(outside),
                        outside == 0 ? seen.high() : seen.quantile(1 - outside));
            }
            case MeanSquaredError() -> LeastError.range(seen, type);
        };
    }

    /// The search for the range with the least error: its ends are tried one after the other, the other staying where
    /// it is, until neither moves.
    final class LeastError {
        private static final int STEPS = 128;
        private static final int SWEEPS = 4;

        private LeastError() {}

        static ValueRange range(Histogram seen, ActivationType type) {
            ValueRange best = ValueRange.around(seen.low(), seen.high());
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                ValueRange before = best;
                double low = best.low();
                double high = best.high();
                double lowest = seen.low();
                double highest = seen.high();
                if (highest > 0) {
                    high = best(highest, end -> error(seen, type, new ValueRange(before.low(), end)));
                }
                double chosen = high;
                if (lowest < 0) {
                    low = best(lowest, end -> error(seen, type, new ValueRange(end, chosen)));
                }
                best = new ValueRange(low, high);
                if (best.equals(before)) {
                    break;
                }
            }
            return best;
        }

        /// The best of parts of `extreme`.
        private static double best(double extreme, ToDoubleFunction<Double> error) {
            double best = extreme;
            double least = error.applyAsDouble(extreme);
            for (int step = STEPS - 1; step > 0; step--) {
                double end = extreme * step / STEPS;
                double found = error.applyAsDouble(end);
                if (found < least) {
                    least = found;
                    best = end;
                }
            }
            return best;
        }

        /// The sum of the squares of what the range changes.
        private static double error(Histogram seen, ActivationType type, ValueRange range) {
            QuantizationParameters parameters = type.parameters(range);
            double sum = 0;
            for (int bin = 0; bin < seen.counts().length; bin++) {
                if (seen.counts()[bin] > 0) {
                    double centre = seen.centre(bin);
                    double error = centre - parameters.rounded(centre);
                    sum += seen.counts()[bin] * error * error;
                }
            }
            return sum;
        }
    }
}
