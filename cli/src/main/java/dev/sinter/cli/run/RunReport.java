package dev.sinter.cli.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `run --report` writes. Components that do not apply are null, and then left out.
///
/// @param images how many samples were run
/// @param unreadable how many could not be read
/// @param correct how many of them a classifier got right
/// @param onHost layers that run on the host, not checked independently; they take part in `runSeconds` alone
/// @param runSeconds from the first sample read to the last result
public record RunReport(
        int version,
        String model,
        Map<String, String> inputs,
        String device,
        String deviceName,
        String whyChosen,
        long batch,
        long images,
        long unreadable,
        @Nullable Long correct,
        @Nullable Double accuracy,
        double compileSeconds,
        double runSeconds,
        double imagesPerSecond,
        @Nullable Comparison comparison,
        List<KernelEntry> kernels,
        List<String> onHost,
        @Nullable List<OutputEntry> outputs,
        @Nullable List<Prediction> predictions) {
    /// The format; raised when a component changes its meaning.
    public static final int VERSION = 1;

    /// A kernel and the layers that it computes.
    ///
    /// @param seconds on the device over all runs; null where it does not tell
    /// @param schedule where a file has the schedule; null where the compiler chose it
    /// @param tuned where the schedule stands that was measured to be the fastest; null where none was
    public record KernelEntry(
            String name,
            List<String> nodes,
            @Nullable Double seconds,
            @Nullable String schedule,
            @Nullable String tuned) {}

    /// An output that is no classification.
    public record OutputEntry(
            String name,
            String type,
            @Nullable Double min,
            @Nullable Double max,
            @Nullable Double mean,
            long notFinite) {}

    /// What the oracle said.
    ///
    /// @param failure the first layer beyond its bound, and where
    public record Comparison(
            long samples, boolean passed, @Nullable String failure) {}

    /// Whether all that was to be done was done, rightly.
    public boolean sound() {
        return unreadable == 0 && (comparison == null || comparison.passed());
    }

    /// The same without what there is a file of its own for.
    public RunReport withoutPredictions() {
        return new RunReport(
                version,
                model,
                inputs,
                device,
                deviceName,
                whyChosen,
                batch,
                images,
                unreadable,
                correct,
                accuracy,
                compileSeconds,
                runSeconds,
                imagesPerSecond,
                comparison,
                kernels,
                onHost,
                outputs,
                null);
    }
}
