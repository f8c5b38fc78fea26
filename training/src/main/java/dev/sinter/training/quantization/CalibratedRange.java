package dev.sinter.training.quantization;

import java.util.function.DoubleUnaryOperator;

/// The range that a calibration gives numbers that are distributed in some way.
final class CalibratedRange {
    /// Ends are tried at as many places each.
    private static final int STEPS = 128;

    private static final int SWEEPS = 4;

    private final Histogram seen;
    private final ActivationType type;

    private CalibratedRange(Histogram seen, ActivationType type) {
        this.seen = seen;
        this.type = type;
    }

    static ValueRange of(Calibration calibration, Histogram seen, ActivationType type) {
        return switch (calibration) {
            case Calibration.MinMax() -> ValueRange.around(seen.low(), seen.high());
            case Calibration.Percentile(double percent) -> within(percent, seen);
            case Calibration.MeanSquaredError() -> new CalibratedRange(seen, type).leastError();
        };
    }

    private static ValueRange within(double percent, Histogram seen) {
        double outside = (1 - percent / 100) / 2;
        return outside == 0
                ? ValueRange.around(seen.low(), seen.high())
                : ValueRange.around(seen.quantile(outside), seen.quantile(1 - outside));
    }

    /// Tries places for one end while the other stays where it is, until neither moves.
    private ValueRange leastError() {
        ValueRange best = ValueRange.around(seen.low(), seen.high());
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            ValueRange before = best;
            double high = best(seen.high(), end -> error(new ValueRange(before.low(), end)));
            double low = best(seen.low(), end -> error(new ValueRange(end, high)));
            best = new ValueRange(low, high);
            if (best.equals(before)) {
                break;
            }
        }
        return best;
    }

    /// The best of parts of `extreme`.
    private static double best(double extreme, DoubleUnaryOperator error) {
        double best = extreme;
        double least = error.applyAsDouble(extreme);
        for (int step = STEPS - 1; step > 0 && extreme != 0; step--) {
            double end = extreme * step / STEPS;
            double found = error.applyAsDouble(end);
            if (found < least) {
                least = found;
                best = end;
            }
        }
        return best;
    }

    /// The sum of the squares of what a range changes.
    private double error(ValueRange range) {
        QuantizationParameters parameters = type.parameters(range);
        double sum = 0;
        for (int bin = 0; bin < seen.counts().length; bin++) {
            if (seen.counts()[bin] > 0) {
                double error = seen.centre(bin) - parameters.rounded(seen.centre(bin));
                sum += seen.counts()[bin] * error * error;
            }
        }
        return sum;
    }
}
