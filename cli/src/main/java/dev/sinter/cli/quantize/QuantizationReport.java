package dev.sinter.cli.quantize;

import dev.sinter.training.quantization.LayerQuality;
import dev.sinter.training.quantization.QuantizationParameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `quantize --json` prints. Components that do not apply are null, and then left out.
///
/// @param samples on how many activations and errors were measured
/// @param decibels signal to noise of the output that is the farthest from what it was; null if none changed
/// @param tested how many samples have a known class
/// @param accuracyBefore the share of them whose class the network in floating point finds
/// @param bytesBefore the size of the model's file
/// @param advice what to do about what is bad
public record QuantizationReport(
        int version,
        String model,
        String file,
        String device,
        String calibration,
        String activations,
        String weights,
        boolean biasCorrection,
        long samples,
        List<LayerEntry> layers,
        @Nullable Double decibels,
        @Nullable Long tested,
        @Nullable Double accuracyBefore,
        @Nullable Double accuracyAfter,
        long bytesBefore,
        long bytesAfter,
        @Nullable String advice) {
    /// The format; raised when a component changes its meaning.
    public static final int VERSION = 1;

    /// A layer.
    ///
    /// @param computes `int8` or `float32`
    /// @param low the least number that it yields in floating point
    /// @param scale of the bytes that it yields; null where it yields real numbers, as are the next two
    /// @param clipped the share of its numbers outside of what these bytes can be
    /// @param decibels signal to noise of what it yields; null where that is exact
    /// @param ownDecibels the same if all before it were exact
    public record LayerEntry(
            String name,
            String operator,
            String computes,
            double low,
            double high,
            @Nullable String element,
            @Nullable Double scale,
            @Nullable Integer zeroPoint,
            double clipped,
            @Nullable Double decibels,
            @Nullable Double ownDecibels) {
        static LayerEntry of(LayerQuality layer) {
            QuantizationParameters bytes = layer.parameters().orElse(null);
            return new LayerEntry(
                    layer.name(),
                    layer.operator(),
                    layer.integer() ? "int8" : "float32",
                    layer.low(),
                    layer.high(),
                    bytes == null ? null : bytes.element().text(),
                    bytes == null ? null : (double) bytes.scale(),
                    bytes == null ? null : bytes.zeroPoint(),
                    layer.clipped(),
                    unlessExact(layer.decibels()),
                    layer.ownDecibels().map(QuantizationReport::unlessExact).orElse(null));
        }
    }

    static @Nullable Double unlessExact(double decibels) {
        return decibels == Double.POSITIVE_INFINITY ? null : decibels;
    }
}
