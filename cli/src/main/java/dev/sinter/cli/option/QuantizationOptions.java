package dev.sinter.cli.option;

import dev.sinter.training.quantization.ActivationType;
import dev.sinter.training.quantization.Calibration;
import dev.sinter.training.quantization.QuantizationSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import picocli.CommandLine.Option;

/// How to quantise.
public final class QuantizationOptions {
    @Option(
            names = "--calibration",
            paramLabel = "METHOD",
            converter = CalibrationText.class,
            description = "How ranges of activations follow from what is seen: min-max, percentile or percentile:P"
                    + " (P of 100 numbers are in the range; 99.99 if not said), or mse (the least mean squared error)."
                    + " Default: min-max.")
    private Calibration calibration = QuantizationSettings.DEFAULT.calibration();

    @Option(
            names = "--activations",
            paramLabel = "TYPE",
            description = "What activations become: uint8 or int8, with any zero point, or symmetric, int8 with zero"
                    + " point 0. Default: uint8.")
    private ActivationType activations = QuantizationSettings.DEFAULT.activations();

    /// What has one scale.
    enum Granularity {
        CHANNEL,
        TENSOR
    }

    @Option(
            names = "--weights",
            paramLabel = "PER",
            description =
                    "channel gives weights a scale for each output channel, tensor one for all. Default: channel.")
    private Granularity weights = Granularity.CHANNEL;

    @Option(
            names = "--bias-correction",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Take the mean error of each layer from its bias, or do not. Default: do.")
    private boolean biasCorrection = true;

    @Option(
            names = "--keep",
            paramLabel = "NODE",
            description = "Leave that layer in float32. May be given several times.")
    private List<String> keep = new ArrayList<>();

    public QuantizationSettings settings() {
        return new QuantizationSettings(
                calibration, activations, weights == Granularity.CHANNEL, biasCorrection, new HashSet<>(keep));
    }
}
