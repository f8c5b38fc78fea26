package dev.sinter.training.quantization;

import java.util.Set;

/// What can be chosen about how a network is quantised.
///
/// @param perChannel whether weights have a scale for each output channel; otherwise one for all
/// @param biasCorrection whether the mean error of each layer is taken from its bias
/// @param keep the nodes that stay in float32, by name
public record QuantizationSettings(
        Calibration calibration,
        ActivationType activations,
        boolean perChannel,
        boolean biasCorrection,
        Set<String> keep) {
    public static final QuantizationSettings DEFAULT =
            new QuantizationSettings(new Calibration.MinMax(), ActivationType.UINT8, true, true, Set.of());

    public QuantizationSettings {
        keep = Set.copyOf(keep);
    }

    public QuantizationSettings withCalibration(Calibration other) {
        return new QuantizationSettings(other, activations, perChannel, biasCorrection, keep);
    }

    public QuantizationSettings withActivations(ActivationType other) {
        return new QuantizationSettings(calibration, other, perChannel, biasCorrection, keep);
    }

    public QuantizationSettings withScalePerTensor() {
        return new QuantizationSettings(calibration, activations, false, biasCorrection, keep);
    }

    public QuantizationSettings withoutBiasCorrection() {
        return new QuantizationSettings(calibration, activations, perChannel, false, keep);
    }

    public QuantizationSettings keeping(Set<String> nodes) {
        return new QuantizationSettings(calibration, activations, perChannel, biasCorrection, nodes);
    }
}
