package dev.sinter.training.quantization;

/// Ratios of mean squares on a logarithmic scale.
final class Decibels {
    private Decibels() {}

    /// 10 · log10(signal / noise); infinite where there is no noise, minus infinity where there is nothing else.
    static double of(double signal, double noise) {
        return noise == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(signal / noise);
    }
}
