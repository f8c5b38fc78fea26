package dev.sinter.training.data;

import java.util.List;

/// What a pixel from 0 to 255 becomes before a network gets it: (v / 255 - mean) / deviation, with one number for all
/// channels or one for each.
public record PixelScaling(List<Double> mean, List<Double> deviation) {
    /// Pixels as they are, for networks that scale them.
    public static final PixelScaling NONE = new PixelScaling(List.of(0.0), List.of(1 / 255.0));

    /// From 0 to 1, and no more.
    public static final PixelScaling UNIT = new PixelScaling(List.of(0.0), List.of(1.0));

    /// The mean and deviation of MNIST's training images.
    public static final PixelScaling MNIST = new PixelScaling(List.of(0.1307), List.of(0.3081));

    public PixelScaling {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new IllegalArgumentException(mean.size() + " means but " + deviation.size()
                    + " deviations; both need one number, or one for each channel");
        }
        if (deviation.stream().anyMatch(d -> !(d > 0))) {
            throw new IllegalArgumentException("deviations " + deviation + " must be positive");
        }
    }

    double apply(float value, int channel) {
        int i = mean.size() == 1 ? 0 : channel;
        return (value / 255.0 - mean.get(i)) / deviation.get(i);
    }
}
