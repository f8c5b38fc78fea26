package dev.sinter.hardware;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which devices a file is for. What is absent matches any; a name matches if the expression fits all of it.
public record MatchRule(
        Optional<DeviceDescription.DeviceRuntime> runtime,
        Optional<DeviceDescription.DeviceType> type,
        Optional<Pattern> platform,
        Optional<Pattern> device,
        Optional<Pattern> vendor,
        OptionalInt vectorWidth) {

    public boolean matches(DeviceDescription description) {
        return runtime.filter(wanted -> wanted != description.runtime()).isEmpty()
                && type.filter(wanted -> wanted != description.type()).isEmpty()
                && fits(platform, description.platform())
                && fits(device, description.device())
                && fits(vendor, description.vendor())
                && (vectorWidth.isEmpty() || vectorWidth.getAsInt() == description.vectorWidth());
    }

    private static boolean fits(Optional<Pattern> pattern, String name) {
        return pattern.isEmpty() || pattern.get().matcher(name).matches();
    }

    /// How many conditions the rule has: of two rules that match, the one with more is taken.
    public int specificity() {
        return (int) Stream.of(runtime, type, platform, device, vendor)
                        .filter(Optional::isPresent)
                        .count()
                + (vectorWidth.isPresent() ? 1 : 0);
    }
}
