package dev.sinter.cli.bench;

import java.util.List;

/// What was measured again and again: the median and the spread, of which outliers change little.
///
/// @param seconds in the order in which they were measured; at least one
public record Samples(List<Double> seconds) {
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;

    public Samples {
        if (seconds.isEmpty()) {
            throw new IllegalArgumentException("no samples");
        }
        seconds = List.copyOf(seconds);
    }

    public double median() {
        return quantile(0.5);
    }

    /// A tenth of the samples are below.
    public double low() {
        return quantile(LOW);
    }

    /// A tenth of the samples are above.
    public double high() {
        return quantile(HIGH);
    }

    public double least() {
        return quantile(0);
    }

    /// The median of how far samples are from their median.
    public double medianDeviation() {
        double median = median();
        return new Samples(seconds.stream()
                        .map(sample -> Math.abs(sample - median))
                        .toList())
                .median();
    }

    /// Between the two samples next to it in proportion (Hyndman and Fan, 1996, definition 7).
    double quantile(double share) {
        List<Double> sorted = seconds.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }
}
