package dev.sinter.cli.run;

import dev.sinter.cli.terminal.HostLine;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A run, for people.
public record RunPrinter(Terminal terminal, boolean quiet) {
    /// @param withPredictions whether the predictions are not too many to be read
    public void print(RunReport report, boolean withPredictions) {
        List<Prediction> predictions = report.predictions();
        if (predictions != null && withPredictions) {
            predictions(predictions);
        }
        List<RunReport.OutputEntry> outputs = report.outputs();
        if (outputs != null && report.images() > 0) {
            outputs(outputs);
        }
        Long correct = report.correct();
        Double accuracy = report.accuracy();
        if (correct != null && accuracy != null) {
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "%,d of %,d correct (%s)%n",
                            correct,
                            report.images(),
                            Quantity.percent(accuracy));
        }
        RunReport.Comparison comparison = report.comparison();
        if (comparison != null) {
            comparison(comparison);
        }
        HostLine.of(report.onHost()).ifPresent(terminal.err()::println);
        if (!quiet) {
            throughput(report);
        }
    }

    private void predictions(List<Prediction> predictions) {
        boolean truth = predictions.stream().anyMatch(prediction -> prediction.truth() != null);
        TextTable table = truth
                ? new TextTable(
                        Column.text("INPUT"), Column.text("CLASS"), Column.number("SCORE"), Column.text("TRUTH"))
                : new TextTable(Column.text("INPUT"), Column.text("CLASS"), Column.number("SCORE"));
        for (Prediction prediction : predictions) {
            String input = prediction.input();
            String known = prediction.truth() == null ? "" : String.valueOf(prediction.truth());
            for (Prediction.Guess guess : prediction.classes()) {
                String name = name(guess);
                String score = score(guess.score());
                table.row(truth ? new String[] {input, name, score, known} : new String[] {input, name, score});
                input = "";
                known = "";
            }
        }
        table.print(terminal);
    }

    private static String name(Prediction.Guess guess) {
        String index = String.valueOf(guess.index());
        return guess.label().equals(index) ? index : index + " " + guess.label();
    }

    private static String score(double score) {
        double size = Math.abs(score);
        boolean plain = size >= 1e-4 && size < 1e6 || size == 0;
        return String.format(Locale.ROOT, plain ? "%.4f" : "%.3e", score);
    }

    private void outputs(List<RunReport.OutputEntry> outputs) {
        boolean odd = outputs.stream().anyMatch(output -> output.notFinite() > 0);
        TextTable table = new TextTable(
                Column.text("OUTPUT"),
                Column.text("TYPE"),
                Column.number("MIN"),
                Column.number("MAX"),
                Column.number("MEAN"),
                Column.number(odd ? "NAN OR INF" : ""));
        for (RunReport.OutputEntry output : outputs) {
            table.row(
                    output.name(),
                    output.type(),
                    number(output.min()),
                    number(output.max()),
                    number(output.mean()),
                    odd ? String.valueOf(output.notFinite()) : "");
        }
        table.print(terminal);
    }

    private static String number(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.6g", value);
    }

    private void comparison(RunReport.Comparison comparison) {
        String which = "the oracle, for the first " + Quantity.of(comparison.samples(), "input");
        terminal.out()
                .println(
                        comparison.passed()
                                ? terminal.green("agrees") + " with " + which
                                : terminal.red("differs") + " from " + which + ": " + comparison.failure());
    }

    private void throughput(RunReport report) {
        if (report.unreadable() > 0) {
            terminal.err().println(Quantity.of(report.unreadable(), "input") + " could not be read");
        }
        terminal.err()
                .println(Quantity.of(report.images(), "input") + " in " + Quantity.seconds(report.runSeconds()) + " ("
                        + Quantity.threeDigits(report.imagesPerSecond()) + " per second) on " + report.device() + " ("
                        + report.deviceName() + "), compiled in " + Quantity.seconds(report.compileSeconds()));
        schedules("schedules from a file", report.kernels(), kernel -> kernel.schedule() != null);
        schedules("tuned schedules", report.kernels(), kernel -> kernel.tuned() != null);
    }

    private void schedules(
            String what, List<RunReport.KernelEntry> kernels, Predicate<RunReport.KernelEntry> areOfThem) {
        long count = kernels.stream().filter(areOfThem).count();
        if (count > 0) {
            terminal.err().println(what + ": those of " + count + " of " + Quantity.of(kernels.size(), "kernel"));
        }
    }
}
