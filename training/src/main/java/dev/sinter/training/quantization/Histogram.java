package dev.sinter.training.quantization;

import java.util.Arrays;

/// How often numbers of each size were seen: as many bins of one width as there are counts, from `low` to `high`.
record Histogram(double low, double high, long[] counts) {
    /// Enough that a bin is a small part of the 256 steps that are to be placed.
    static final int BINS = 2048;

    static Histogram over(ValueRange range) {
        return new Histogram(range.low(), range.high(), new long[BINS]);
    }

    /// Counts what lies in the range; at its ends too, where a device rounds otherwise in another run.
    void add(float[] numbers) {
        double scale = width() == 0 ? 0 : counts.length / width();
        for (float number : numbers) {
            counts[Math.clamp((long) ((number - low) * scale), 0, counts.length - 1)]++;
        }
    }

    double width() {
        return high - low;
    }

    long total() {
        return Arrays.stream(counts).sum();
    }

    /// The middle of a bin.
    double centre(int bin) {
        return low + (bin + 0.5) * width() / counts.length;
    }

    /// The number below which that share of all lies, to within a bin.
    ///
    /// @param share from 0 to 1
    double quantile(double share) {
        double wanted = share * total();
        long below = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            if (below + counts[bin] >= wanted && counts[bin] > 0) {
                double inside = Math.clamp((wanted - below) / counts[bin], 0, 1);
                return low + (bin + inside) * width() / counts.length;
            }
            below += counts[bin];
        }
        return high;
    }
}
