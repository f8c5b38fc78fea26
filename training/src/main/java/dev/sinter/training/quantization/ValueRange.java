package dev.sinter.training.quantization;

/// The real numbers that integers are to span. 0 is one of them, as padding and rectifiers make zeros.
public record ValueRange(double low, double high) {
    public ValueRange {
        if (!(low <= 0 && high >= 0 && Double.isFinite(high - low))) {
            throw new IllegalArgumentException("range " + low + " to " + high + " must be finite and have 0 in it");
        }
    }

    /// The least range with these two numbers and 0.
    static ValueRange around(double low, double high) {
        return new ValueRange(Math.min(0, low), Math.max(0, high));
    }

    double width() {
        return high - low;
    }
}
