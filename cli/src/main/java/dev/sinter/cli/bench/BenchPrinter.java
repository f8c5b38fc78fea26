package dev.sinter.cli.bench;

import dev.sinter.cli.bench.BenchReport.DeviceEntry;
import dev.sinter.cli.bench.BenchReport.KernelEntry;
import dev.sinter.cli.bench.BenchReport.ModelEntry;
import dev.sinter.cli.bench.BenchReport.ResultEntry;
import dev.sinter.cli.terminal.HostLine;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was measured, for people.
public record BenchPrinter(Terminal terminal) {
    public void print(BenchReport report) {
        terminal.out().println(terminal.bold(report.machine().shortText()) + ", " + report.date());
        terminal.out().println();
        devices(report.devices());
        terminal.out().println();
        models(report);
        remarks(report);
        for (ModelEntry model : report.models()) {
            List<ResultEntry> told = model.results().stream()
                    .filter(result -> result.kernels() != null)
                    .toList();
            told.forEach(result -> kernels(model, result));
            if (told.size() > 1) {
                sideBySide(model, told);
            }
        }
    }

    private void devices(List<DeviceEntry> devices) {
        TextTable table = new TextTable(
                Column.text("DEVICE"),
                Column.number("PEAK"),
                Column.number("BANDWIDTH"),
                Column.text("NAME").dispensable(1));
        devices.forEach(device ->
                table.row(device.id(), giga(device.peak(), "FLOP/s"), giga(device.bandwidth(), "B/s"), device.name()));
        table.print(terminal);
        devices.stream()
                .filter(device -> device.peakSeconds().isEmpty())
                .forEach(device -> terminal.out()
                        .println("Peak and bandwidth of " + device.id()
                                + " are those of its hardware file: loops for an FPGA take hours to build."));
    }

    private void models(BenchReport report) {
        boolean several = report.devices().size() > 1;
        List<Column> columns = new ArrayList<>(List.of(
                Column.text("MODEL"),
                Column.text("DEVICE"),
                Column.number("MEDIAN"),
                Column.number("P10..P90").dispensable(3)));
        if (several) {
            columns.add(Column.number("SPEED"));
        }
        columns.addAll(List.of(
                Column.number("GFLOP/s").dispensable(1),
                Column.number("OF PEAK").dispensable(2),
                Column.number("MOVES").dispensable(6),
                Column.number("GB/s").dispensable(4),
                Column.number("OF BANDWIDTH").dispensable(5)));
        TextTable table = new TextTable(columns.toArray(Column[]::new));
        for (ModelEntry model : report.models()) {
            String name = model.model();
            for (ResultEntry result : model.results()) {
                table.row(cells(name, result, several).toArray(String[]::new));
                name = "";
            }
        }
        table.print(terminal);
    }

    private static List<String> cells(String name, ResultEntry result, boolean several) {
        List<String> cells = new ArrayList<>(List.of(
                name,
                result.device(),
                result.wrong() == null ? seconds(result.median()) : "WRONG",
                spread(result.low(), result.high())));
        if (several) {
            cells.add(result.ratio() == null ? "" : text("%.2fx", result.ratio()));
        }
        cells.addAll(List.of(
                inGiga(result.rate()),
                percent(result.shareOfPeak()),
                Quantity.bytes((long) result.bytes()),
                inGiga(result.byteRate()),
                percent(result.shareOfBandwidth())));
        return cells;
    }

    private void remarks(BenchReport report) {
        for (ModelEntry model : report.models()) {
            for (ResultEntry result : model.results()) {
                Optional.ofNullable(result.wrong())
                        .ifPresent(wrong -> terminal.out()
                                .println(terminal.red("wrong: ") + model.model() + " on " + result.device() + ": "
                                        + wrong + "; not timed"));
            }
            HostLine.of(model.results().getFirst().onHost())
                    .ifPresent(line -> terminal.err().println(model.model() + ": " + line));
        }
        String checked = report.checked() ? "Every result is within its bound." : "Results were not checked.";
        terminal.out()
                .println("Operations are two for each product of the layers as they are defined."
                        + (report.passed() ? " " + checked : ""));
    }

    private void kernels(ModelEntry model, ResultEntry result) {
        terminal.out().println();
        terminal.out().println(terminal.bold(model.model()) + " on " + result.device());
        TextTable table = new TextTable(
                Column.text("LAYER"),
                Column.text("COMPUTES").dispensable(5),
                Column.number("TIME"),
                Column.number("SHARE").dispensable(2),
                Column.number("MFLOP").dispensable(6),
                Column.number("MOVES").dispensable(4),
                Column.number("GFLOP/s").dispensable(1),
                Column.number("ROOFLINE"),
                Column.text("SCHEDULE").dispensable(3));
        List<KernelEntry> kernels = Optional.ofNullable(result.kernels()).orElse(List.of());
        double all =
                kernels.stream().mapToDouble(kernel -> orZero(kernel.seconds())).sum();
        for (KernelEntry kernel : kernels) {
            table.row(
                    kernel.layer(),
                    computes(kernel),
                    seconds(kernel.seconds()),
                    all == 0 ? "" : percent(orZero(kernel.seconds()) / all),
                    kernel.flops() == 0 ? "" : text("%,.1f", kernel.flops() / 1e6),
                    Quantity.bytes((long) kernel.bytes()),
                    inGiga(kernel.rate()),
                    percent(kernel.roofline()),
                    kernel.schedule());
        }
        table.row("all kernels", "", seconds(all), "", "", "", "", "", "");
        table.print(terminal);
    }

    /// Kernels that compute layers together are told apart by their stages, as `inspect --schedules` calls them.
    private static String computes(KernelEntry kernel) {
        String operators = String.join("+", kernel.operators());
        return kernel.parts() == 1
                ? operators
                : operators + " (" + kernel.part() + " of " + kernel.parts() + ": " + kernel.root() + ")";
    }

    /// Layers of one name on all devices, which may have divided them differently among kernels.
    private void sideBySide(ModelEntry model, List<ResultEntry> results) {
        terminal.out().println();
        terminal.out().println(terminal.bold(model.model()) + ", layer by layer");
        List<Column> columns = new ArrayList<>(List.of(Column.text("LAYER")));
        for (ResultEntry result : results) {
            columns.add(Column.number(result.device()));
            if (result != results.getFirst()) {
                columns.add(Column.number("SPEED"));
            }
        }
        TextTable table = new TextTable(columns.toArray(Column[]::new));
        Set<String> layers = new LinkedHashSet<>();
        results.forEach(result -> kernelsOf(result).forEach(kernel -> layers.add(kernel.layer())));
        for (String layer : layers) {
            List<String> cells = new ArrayList<>(List.of(layer));
            Double first = secondsOf(results.getFirst(), layer);
            for (ResultEntry result : results) {
                Double own = secondsOf(result, layer);
                cells.add(seconds(own));
                if (result != results.getFirst()) {
                    cells.add(own == null || first == null || own == 0 ? "" : text("%.2fx", first / own));
                }
            }
            table.row(cells.toArray(String[]::new));
        }
        table.print(terminal);
    }

    private static List<KernelEntry> kernelsOf(ResultEntry result) {
        return Optional.ofNullable(result.kernels()).orElse(List.of());
    }

    private static @Nullable Double secondsOf(ResultEntry result, String layer) {
        List<KernelEntry> own = kernelsOf(result).stream()
                .filter(kernel -> kernel.layer().equals(layer) && kernel.seconds() != null)
                .toList();
        return own.isEmpty()
                ? null
                : Double.valueOf(own.stream()
                        .mapToDouble(kernel -> orZero(kernel.seconds()))
                        .sum());
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }

    private static String seconds(@Nullable Double seconds) {
        return seconds == null ? "" : Quantity.seconds(seconds);
    }

    private static String spread(@Nullable Double low, @Nullable Double high) {
        return low == null || high == null
                ? ""
                : Quantity.threeDigits(low * 1e3) + ".." + Quantity.threeDigits(high * 1e3) + " ms";
    }

    private static String inGiga(@Nullable Double rate) {
        return rate == null ? "" : Quantity.threeDigits(rate / 1e9);
    }

    /// For example `201 GFLOP/s`.
    static String giga(double rate, String unit) {
        return Quantity.threeDigits(rate / 1e9) + " G" + unit;
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "" : percent(share.doubleValue());
    }

    /// For example `41.9 %`.
    static String percent(double share) {
        return text("%.1f %%", share * 100);
    }

    // The annotation it asks for would be one more dependency.
    @SuppressWarnings("AnnotateFormatMethod")
    private static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
