package dev.sinter.tests.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sinter.cli.bench.Machine;
import dev.sinter.cli.bench.Samples;
import dev.sinter.cli.chart.BarChart;
import dev.sinter.cli.chart.BarChart.Bar;
import dev.sinter.cli.chart.BarChart.Group;
import dev.sinter.cli.chart.BarChart.Panel;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.tests.reference.OnnxRuntime;
import dev.sinter.tests.support.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.NullMarked;

/// What comparisons measured, as JSON and as a chart. Each adds to what is there, so that a long comparison can be made
/// in parts; one that is made again takes the place of the one before.
///
/// @param seconds the samples of each contender
@NullMarked
record ComparisonFile(int version, String onnxRuntime, Machine machine, String date, List<Entry> entries) {
    static final String REFERENCE = "onnxruntime";

    private static final int VERSION = 1;
    private static final Path JSON = Path.of("target", "onnx-runtime.json");
    private static final Path SVG = Path.of("target", "onnx-runtime.svg");
    private static final Map<String, String> TITLES =
            Map.of(Devices.OPENCL, "Sinter, OpenCL", Devices.JVM, "Sinter, JVM");

    /// One network and batch.
    record Entry(String network, long batch, Map<String, List<Double>> seconds) {
        Optional<Samples> samples(String contender) {
            return Optional.ofNullable(seconds.get(contender)).map(Samples::new);
        }
    }

    /// Takes note of a comparison.
    static void add(Entry entry) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (Files.exists(JSON)) {
            entries.addAll(new ObjectMapper()
                    .readValue(JSON.toFile(), ComparisonFile.class)
                    .entries());
        }
        entries.removeIf(other -> other.network().equals(entry.network()) && other.batch() == entry.batch());
        entries.add(entry);
        ComparisonFile file = new ComparisonFile(
                VERSION,
                OnnxRuntime.version(),
                Machine.here(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                entries);
        JsonFile.write(OutputFile.at(JSON), file);
        OutputFile.at(SVG).write(file.chart().svg());
    }

    private BarChart chart() {
        List<String> contenders = OnnxRuntimeBenchmark.BACKENDS.stream()
                .filter(contender ->
                        entries.stream().anyMatch(entry -> entry.seconds().containsKey(contender)))
                .toList();
        List<Long> batches =
                entries.stream().map(Entry::batch).distinct().sorted().toList();
        List<String> networks = entries.stream()
                .sorted(Comparator.comparingDouble(
                        entry -> -ratio(entry, contenders.getFirst()).orElse(0.0)))
                .map(Entry::network)
                .distinct()
                .toList();
        return new BarChart(
                "Speed, as a multiple of ONNX Runtime's",
                machine.shortText() + " · ONNX Runtime " + onnxRuntime + ", " + machine.threads() + " threads · "
                        + date,
                contenders.stream()
                        .map(contender -> TITLES.getOrDefault(contender, contender))
                        .toList(),
                batches.stream()
                        .map(batch -> panel(batch, networks, contenders))
                        .toList());
    }

    private Panel panel(long batch, List<String> networks, List<String> contenders) {
        List<Group> groups = networks.stream()
                .map(network -> new Group(
                        ComparedNetworks.title(network),
                        contenders.stream()
                                .map(contender -> bar(network, batch, contender))
                                .toList()))
                .toList();
        String axis = batch == 1 ? "one image; above 1 Sinter is faster" : batch + " images at once";
        return new Panel(axis, false, OptionalDouble.of(1), groups);
    }

    private Bar bar(String network, long batch, String contender) {
        Optional<Entry> entry = entries.stream()
                .filter(one -> one.network().equals(network) && one.batch() == batch)
                .findFirst();
        return entry.flatMap(one -> ratio(one, contender)
                        .map(ratio -> new Bar(
                                ratio,
                                String.format(
                                        Locale.ROOT,
                                        "%.2f (%s)",
                                        ratio,
                                        Quantity.seconds(one.samples(contender)
                                                .orElseThrow()
                                                .median())))))
                .orElseGet(() -> Bar.none("–"));
    }

    private static Optional<Double> ratio(Entry entry, String contender) {
        return entry.samples(REFERENCE)
                .flatMap(reference -> entry.samples(contender).map(own -> reference.median() / own.median()));
    }
}
