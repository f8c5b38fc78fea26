package dev.sinter.cli.verify;

import dev.sinter.cli.terminal.HostLine;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Verdicts, for people.
public record VerdictPrinter(Terminal terminal) {
    private static final int MOST_NAMED = 20;

    /// @param withLayers whether to list all layers, and not only those that failed
    public void print(VerdictReport report, boolean withLayers) {
        if (withLayers) {
            layers(report.layers());
            terminal.out().println();
        }
        List<VerdictReport.Layer> failed =
                report.layers().stream().filter(layer -> !layer.passed()).toList();
        failed.forEach(this::failure);
        String what = Quantity.of(report.layers().size(), "group") + " of layers, "
                + Quantity.of(report.elements(), "element") + ", " + by(report);
        terminal.out()
                .println(
                        failed.isEmpty()
                                ? terminal.green("passed") + ": " + what
                                : terminal.red("failed") + ": " + failed.size() + " of " + what);
        written(report.layers());
        tuned(report.layers());
        named("judged with what reads them, as the imported network does not have them: ", report.withReaders());
        named("not judged, as the oracle does not know all that they depend on: ", report.unjudged());
        HostLine.of(report.onHost()).ifPresent(terminal.out()::println);
        List<VerdictReport.WholeDifference> differences = report.wholeNetwork();
        if (differences != null) {
            whole(differences);
        }
    }

    private void named(String what, List<String> names) {
        if (!names.isEmpty()) {
            terminal.out().println(what + String.join(", ", names));
        }
    }

    private void written(List<VerdictReport.Layer> layers) {
        List<String> written = layers.stream()
                .filter(layer -> layer.schedule() != null)
                .map(layer -> layer.name() + " (" + layer.schedule() + ")")
                .toList();
        if (!written.isEmpty()) {
            int more = written.size() - MOST_NAMED;
            terminal.out()
                    .println("schedules from a file: "
                            + written.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                            + (more > 0 ? ", and " + more + " more" : ""));
        }
    }

    private void tuned(List<VerdictReport.Layer> layers) {
        long tuned = layers.stream().filter(layer -> layer.tuned() != null).count();
        if (tuned > 0) {
            terminal.out()
                    .println("tuned schedules: those of " + tuned + " of " + Quantity.of(layers.size(), "group")
                            + " of layers");
        }
    }

    private void whole(List<VerdictReport.WholeDifference> differences) {
        for (VerdictReport.WholeDifference difference : differences) {
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "over the whole network: %s differs from the oracle by at most %.2e, by %.2e on average;"
                                    + " its largest element is %.2e%s%n",
                            difference.output(),
                            difference.largest(),
                            difference.mean(),
                            difference.scale(),
                            difference.kinds() == 0
                                    ? ""
                                    : "; " + difference.kinds() + " elements are NaN or infinite on one side only");
        }
    }

    private static String by(VerdictReport report) {
        Long seed = report.seed();
        return (report.exact() ? "small integers" : seed == null ? "the inputs given" : "random inputs")
                + (seed == null ? "" : " of seed " + seed) + ", on " + report.device() + " (" + report.deviceName()
                + ")";
    }

    private void layers(List<VerdictReport.Layer> layers) {
        TextTable table = new TextTable(
                Column.text("LAYER"),
                Column.text("COMPUTES"),
                Column.text("JUDGED"),
                Column.text("VERDICT"),
                Column.number("ELEMENTS"),
                Column.number("LARGEST ERROR"),
                Column.number("OF ITS BOUND"));
        for (VerdictReport.Layer layer : layers) {
            table.row(
                    layer.name(),
                    String.join("+", layer.operators()),
                    switch (layer.judgedBy()) {
                        case "exact" -> "bit for bit";
                        case "exact_but_division" -> "sums bit for bit";
                        default -> "by bound";
                    },
                    layer.verdict(),
                    String.valueOf(layer.elements()),
                    String.format(Locale.ROOT, "%.2e", layer.largestError()),
                    Quantity.percent(layer.largestRatio()));
        }
        table.print(terminal);
    }

    private void failure(VerdictReport.Layer layer) {
        terminal.out()
                .println(terminal.red(layer.verdict()) + " " + layer.name() + " (kernel "
                        + String.join(", ", layer.kernels()) + "): " + layer.beyond() + " of "
                        + Quantity.of(layer.elements(), "element") + " beyond the bound");
        VerdictReport.Wrong first = layer.first();
        if (first == null) {
            return;
        }
        String index = first.index().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        terminal.out().println("  first at " + index);
        terminal.out().println("    device  " + first.device());
        terminal.out().println("    oracle  " + first.oracle());
        terminal.out()
                .println("    bound   " + first.bound()
                        + (first.likelyBound() < first.bound() ? ", very likely within " + first.likelyBound() : ""));
    }
}
