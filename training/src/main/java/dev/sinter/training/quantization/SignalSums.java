package dev.sinter.training.quantization;

import java.util.Optional;

/// Adds up what a tensor holds, and how far another is from it. What is infinite or no number in the first is left out.
final class SignalSums {
    private final Optional<QuantizationParameters> parameters;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private double signal;
    private double noise;
    private long clipped;
    private long count;

    SignalSums(Optional<QuantizationParameters> parameters) {
        this.parameters = parameters;
    }

    void add(float[] exact, float[] found) {
        for (int i = 0; i < exact.length; i++) {
            double number = exact[i];
            if (!Double.isFinite(number)) {
                continue;
            }
            double error = found[i] - number;
            low = Math.min(low, number);
            high = Math.max(high, number);
            signal += number * number;
            noise += Double.isFinite(error) ? error * error : Double.POSITIVE_INFINITY;
        }
        count += exact.length;
        parameters.ifPresent(bytes -> countClipped(bytes, exact));
    }

    private void countClipped(QuantizationParameters bytes, float[] exact) {
        for (float number : exact) {
            clipped += bytes.clips(number) ? 1 : 0;
        }
    }

    double low() {
        return low;
    }

    double high() {
        return high;
    }

    double clipped() {
        return (double) clipped / Math.max(1, count);
    }

    double decibels() {
        return Decibels.of(signal, noise);
    }
}
