package dev.sinter.training.quantization;

/// How the range of an activation follows from the numbers that were seen.
public sealed interface Calibration {
    /// From the least number to the largest: nothing is clipped, and one outlier makes all steps long.
    record MinMax() implements Calibration {}

    /// The range outside of which `100 - percent` of a hundred numbers lie, half of them on each side
    /// (Wu et al., 2020, section 3.2, <https://arxiv.org/abs/2004.09602>).
    ///
    /// @param percent greater than 50, at most 100
    record Percentile(double percent) implements Calibration {
        /// The percentile if nothing else is said.
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

    /// What users call it, for example `percentile:99.99`.
    default String text() {
        return switch (this) {
            case MinMax() -> "min-max";
            case Percentile(double percent) -> "percentile:" + percent;
            case MeanSquaredError() -> "mse";
        };
    }
}
