package dev.sinter.cli.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `bench` measured. Times are in seconds, rates in units per second.
///
/// @param date in UTC, as ISO 8601 has it
/// @param rounds of each network; null where there was a time for each
/// @param seconds for each network; null where there were so many rounds
/// @param warmUp seconds for which each device ran each network before
/// @param pause before each run
/// @param checked whether results were held against the oracle before they were timed
public record BenchReport(
        int version,
        String date,
        Machine machine,
        long seed,
        @Nullable Integer rounds,
        @Nullable Double seconds,
        double pause,
        double warmUp,
        boolean fused,
        boolean passes,
        boolean checked,
        List<DeviceEntry> devices,
        List<ModelEntry> models) {
    static final int VERSION = 1;

    /// Whether all results were within their bounds, or nobody asked.
    public boolean passed() {
        return models.stream().flatMap(model -> model.results().stream()).allMatch(result -> result.wrong() == null);
    }

    /// @param details what the driver reports
    /// @param peak multiply-adds in registers: operations, two for each, of the fastest run
    /// @param bandwidth a triad of vectors in memory: bytes of the fastest run
    /// @param peakSeconds of each run; none for an FPGA, of which the rates are those of its hardware file
    /// @param bandwidthSeconds the same
    public record DeviceEntry(
            String id,
            String name,
            String backend,
            Map<String, String> details,
            double peak,
            double bandwidth,
            List<Double> peakSeconds,
            List<Double> bandwidthSeconds) {}

    /// @param flops two for each product that a layer as it is defined sums up
    public record ModelEntry(String model, Map<String, String> inputs, double flops, List<ResultEntry> results) {}

    /// One network on one device.
    ///
    /// @param wrong the first layer whose result is beyond its bound; it was not timed then
    /// @param low a tenth of the runs took less
    /// @param high a tenth of the runs took more
    /// @param deviation the median of how far runs are from the median
    /// @param ratio the median of the first device as a multiple of this one's: above 1 this one is faster
    /// @param rate operations per second
    /// @param shareOfPeak above 1 where Winograd's algorithm does with fewer products than the layers' definition has
    /// @param bytes what the kernels read and write, each argument once
    /// @param samples seconds of each run
    /// @param onHost layers that no kernel computes
    /// @param kernels null if nobody asked, or it was not timed
    public record ResultEntry(
            String device,
            @Nullable String wrong,
            double compileSeconds,
            @Nullable Double median,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double deviation,
            @Nullable Double ratio,
            @Nullable Double rate,
            @Nullable Double shareOfPeak,
            double bytes,
            @Nullable Double byteRate,
            @Nullable Double shareOfBandwidth,
            @Nullable List<Double> samples,
            List<String> onHost,
            @Nullable List<KernelEntry> kernels) {}

    /// @param part its number among the kernels that compute the layers together, from 1
    /// @param root what it is called for, as schedules name it
    /// @param seconds the median of its runs, apart from those that the network's time is from
    /// @param flops of the layers as they are defined
    /// @param computed of the algorithm that was chosen
    /// @param attainable what a roofline allows for the algorithm's operations: the lesser of the peak and of its
    ///     operations per byte times the bandwidth
    /// @param roofline the time that the device needs at least by that, as a share of what it took
    public record KernelEntry(
            String kernel,
            String layer,
            List<String> layers,
            List<String> operators,
            int part,
            int parts,
            String root,
            @Nullable Double seconds,
            double flops,
            double computed,
            double bytes,
            @Nullable Double rate,
            @Nullable Double attainable,
            @Nullable Double roofline,
            String schedule) {}
}
