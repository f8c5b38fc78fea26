package dev.sinter.cli.bench;

import dev.sinter.cli.bench.BenchReport.DeviceEntry;
import dev.sinter.cli.bench.BenchReport.ModelEntry;
import dev.sinter.cli.bench.BenchReport.ResultEntry;
import dev.sinter.cli.chart.BarChart;
import dev.sinter.cli.chart.BarChart.Bar;
import dev.sinter.cli.chart.BarChart.Group;
import dev.sinter.cli.chart.BarChart.Panel;
import dev.sinter.cli.terminal.Quantity;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/// What was measured, as a chart: how long each network takes on each device, and how much of the device's peak it
/// gets.
public final class BenchChart {
    private static final double PERCENT = 100;
    private static final String WRONG = "wrong";

    private BenchChart() {}

    /// An SVG file's content.
    public static String of(BenchReport report) {
        String date = report.date().substring(0, report.date().indexOf('T'));
        return new BarChart(
                        "Time of a run, and share of the device's peak",
                        report.machine().shortText() + " · " + date + " · Sinter "
                                + report.machine().sinter(),
                        report.devices().stream().map(BenchChart::series).toList(),
                        List.of(
                                new Panel(
                                        "median, p10 to p90, in ms (logarithmic)",
                                        true,
                                        OptionalDouble.empty(),
                                        groups(report, BenchChart::time)),
                                new Panel(
                                        "operations as a share of the peak, in %",
                                        false, OptionalDouble.empty(), groups(report, BenchChart::share))))
                .svg();
    }

    private static String series(DeviceEntry device) {
        return device.id() + ": " + BenchPrinter.giga(device.peak(), "FLOP/s") + ", "
                + BenchPrinter.giga(device.bandwidth(), "B/s");
    }

    private static List<Group> groups(BenchReport report, Function<ResultEntry, Bar> bar) {
        return report.models().stream()
                .map(model ->
                        new Group(name(model), model.results().stream().map(bar).toList()))
                .toList();
    }

    /// Without folders, which say little and take much room.
    private static String name(ModelEntry model) {
        return model.model().substring(model.model().lastIndexOf('/') + 1);
    }

    private static Bar time(ResultEntry result) {
        Double median = result.median();
        Double low = result.low();
        Double high = result.high();
        return median == null || low == null || high == null
                ? Bar.none(WRONG)
                : new Bar(median * 1e3, low * 1e3, high * 1e3, Quantity.seconds(median));
    }

    private static Bar share(ResultEntry result) {
        Double share = result.shareOfPeak();
        if (share == null) {
            return Bar.none(result.wrong() == null ? "no products" : WRONG);
        }
        return new Bar(share * PERCENT, BenchPrinter.percent(share.doubleValue()));
    }
}
