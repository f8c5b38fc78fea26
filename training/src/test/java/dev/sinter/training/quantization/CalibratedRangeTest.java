package dev.sinter.training.quantization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.training.quantization.Calibration.MeanSquaredError;
import dev.sinter.training.quantization.Calibration.MinMax;
import dev.sinter.training.quantization.Calibration.Percentile;
import org.junit.jupiter.api.Test;

class CalibratedRangeTest {
    /// A thousand numbers evenly from -1 to 1, and one of 100.
    private static Histogram withOutlier() {
        Histogram histogram = Histogram.over(new ValueRange(-1, 100));
        float[] numbers = new float[1001];
        for (int i = 0; i < 1000; i++) {
            numbers[i] = -1 + i / 500f;
        }
        numbers[1000] = 100;
        histogram.add(numbers);
        return histogram;
    }

    @Test
    void min_max_goes_to_the_outlier() {
        assertEquals(new ValueRange(-1, 100), CalibratedRange.of(new MinMax(), withOutlier(), ActivationType.UINT8));
    }

    @Test
    void a_percentile_leaves_as_many_out_on_either_side() {
        ValueRange range = CalibratedRange.of(new Percentile(90), withOutlier(), ActivationType.UINT8);
        assertEquals(-0.9, range.low(), 0.06);
        assertEquals(0.9, range.high(), 0.06);
    }

    @Test
    void the_hundredth_percentile_is_min_max() {
        assertEquals(
                new ValueRange(-1, 100), CalibratedRange.of(new Percentile(100), withOutlier(), ActivationType.UINT8));
    }

    /// Clipping one number of 100 at c costs (100 - c)², rounding a thousand to steps of (c + 1) / 255 costs
    /// 1000 · step² / 12: that is least where c is about 99.9, so the outlier stays in.
    @Test
    void the_least_error_keeps_an_outlier_that_costs_more_to_clip() {
        ValueRange range = CalibratedRange.of(new MeanSquaredError(), withOutlier(), ActivationType.UINT8);
        assertTrue(range.high() > 98, range.toString());
    }

    @Test
    void the_least_error_clips_what_is_rare_and_near() {
        Histogram normal = Histogram.over(new ValueRange(-8, 8));
        double step = 16.0 / Histogram.BINS;
        for (int bin = 0; bin < Histogram.BINS; bin++) {
            double x = -8 + (bin + 0.5) * step;
            normal.counts()[bin] = Math.round(1e9 * Math.exp(-x * x / 2));
        }
        ValueRange range = CalibratedRange.of(new MeanSquaredError(), normal, ActivationType.INT8);
        // Nagel et al. find about four standard deviations for eight bits.
        assertEquals(4, range.high(), 0.5);
        assertEquals(-4, range.low(), 0.5);
    }

    @Test
    void the_least_error_is_never_larger_than_that_of_min_max() {
        Histogram seen = withOutlier();
        assertTrue(error(seen, new MeanSquaredError()) <= error(seen, new MinMax()));
        assertTrue(error(seen, new MeanSquaredError()) <= error(seen, new Percentile(99)));
    }

    private static double error(Histogram seen, Calibration calibration) {
        QuantizationParameters parameters =
                ActivationType.INT8.parameters(CalibratedRange.of(calibration, seen, ActivationType.INT8));
        double sum = 0;
        for (int bin = 0; bin < Histogram.BINS; bin++) {
            double error = seen.centre(bin) - parameters.rounded(seen.centre(bin));
            sum += seen.counts()[bin] * error * error;
        }
        return sum;
    }

    @Test
    void numbers_that_are_all_zero_have_a_range_too() {
        Histogram zeros = Histogram.over(new ValueRange(0, 0));
        zeros.add(new float[] {0, 0});
        assertEquals(new ValueRange(0, 0), CalibratedRange.of(new MinMax(), zeros, ActivationType.UINT8));
        assertEquals(new ValueRange(0, 0), CalibratedRange.of(new Percentile(99), zeros, ActivationType.UINT8));
        assertEquals(new ValueRange(0, 0), CalibratedRange.of(new MeanSquaredError(), zeros, ActivationType.UINT8));
    }

    @Test
    void a_percentile_is_between_50_and_100() {
        assertThrows(IllegalArgumentException.class, () -> new Percentile(50));
        assertThrows(IllegalArgumentException.class, () -> new Percentile(100.5));
        assertThrows(IllegalArgumentException.class, () -> new Percentile(Double.NaN));
    }
}
