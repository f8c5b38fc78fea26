package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.Fit;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.Resources;
import dev.sinter.backend.fpga.Use;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What `fit --json` prints.
///
/// @param clock in Hz
/// @param cycles from one frame to the next
/// @param framesPerSecond at that clock
/// @param bandwidth bytes a second that come in and go out at that speed
/// @param binding what most of is used of
/// @param smallestChip the smallest that is known of which the design fits at this pace; none if there is none
/// @param exploration the same network at other paces, if that was asked for
public record FitReport(
        String model,
        String target,
        double clock,
        long cycles,
        double framesPerSecond,
        double bandwidth,
        boolean fits,
        String binding,
        List<Use> uses,
        Resources whole,
        List<Fit.Part> kernels,
        Resources betweenKernels,
        List<String> onHostBefore,
        List<String> onHostAfter,
        @Nullable String smallestChip,
        @Nullable List<PointEntry> exploration) {
    /// @param share how much is used of what most of is used of
    public record PointEntry(
            long cycles, double framesPerSecond, Resources resources, String binding, double share, boolean fits) {
        static PointEntry of(Fit fit) {
            return new PointEntry(
                    fit.cycles(),
                    fit.framesPerSecond(),
                    fit.whole(),
                    fit.binding().name(),
                    fit.binding().share(),
                    fit.fits());
        }
    }

    /// @param model as the user called it
    /// @param points none if they were not asked for
    public static FitReport of(
            String model, String target, Hardware hardware, Fit fit, Optional<String> smallestChip, List<Fit> points) {
        return new FitReport(
                model,
                target,
                fit.clock(),
                fit.cycles(),
                fit.framesPerSecond(),
                fit.bandwidth(),
                fit.fits(),
                fit.binding().name(),
                fit.uses(),
                fit.whole(),
                fit.kernels(),
                fit.links(),
                SynthesisReport.labels(hardware.core().before()),
                SynthesisReport.labels(hardware.core().after()),
                smallestChip.orElse(null),
                points.isEmpty() ? null : points.stream().map(PointEntry::of).toList());
    }
}
