package dev.sinter.cli.conformance;

import dev.sinter.cli.conformance.ConformanceReport.Case;
import dev.sinter.cli.conformance.ConformanceReport.Counts;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A report, for people: operators, then what is not supported and why, then what failed, and the sums at the end.
public record ConformancePrinter(Terminal terminal) {
    /// @param summaryOnly leaves out all but failures and sums
    public void print(ConformanceReport report, boolean summaryOnly) {
        if (!summaryOnly) {
            operators(report);
            constants(report.cases());
            onHost(report.cases());
            unsupported(report.cases());
        }
        report.cases().stream().filter(one -> one.is(Case.FAILED)).forEach(this::failure);
        Counts counts = report.counts();
        terminal.out()
                .println((report.sound() ? terminal.green("sound") : terminal.red("not sound")) + ": "
                        + Quantity.of(counts.cases(), "case") + " on " + report.device() + " (" + report.deviceName()
                        + "), " + counts.passed() + " passed (" + counts.withEveryInputFed()
                        + " with every input fed, " + counts.withConstants() + " with inputs made constants"
                        + (counts.onHost() == 0 ? "" : "; " + counts.onHost() + " through the host") + "), "
                        + counts.failed() + " failed, " + counts.unsupported() + " unsupported");
    }

    private void operators(ConformanceReport report) {
        TextTable table = new TextTable(
                Column.text("OPERATOR"),
                Column.number("PASSED"),
                Column.number("EVERY INPUT FED"),
                Column.number("FAILED"),
                Column.number("UNSUPPORTED"));
        report.operators().forEach(operator -> {
            Counts counts = operator.counts();
            table.row(
                    operator.name(),
                    String.valueOf(counts.passed()),
                    String.valueOf(counts.withEveryInputFed()),
                    String.valueOf(counts.failed()),
                    String.valueOf(counts.unsupported()));
        });
        table.print(terminal);
        terminal.out().println();
    }

    private void constants(List<Case> cases) {
        Map<String, Map<String, Long>> byOperator = cases.stream()
                .filter(one -> one.is(Case.PASSED) && !one.constants().isEmpty())
                .collect(Collectors.groupingBy(
                        Case::operator,
                        TreeMap::new,
                        Collectors.groupingBy(
                                one -> String.join(", ", one.constants()), TreeMap::new, Collectors.counting())));
        if (byOperator.isEmpty()) {
            return;
        }
        terminal.out().println("passed with inputs made constants:");
        TextTable table = new TextTable(Column.text("  OPERATOR"), Column.text("CONSTANTS"), Column.number("CASES"));
        byOperator.forEach((operator, choices) ->
                choices.forEach((constants, count) -> table.row("  " + operator, constants, String.valueOf(count))));
        table.print(terminal);
        terminal.out().println();
    }

    private void onHost(List<Case> cases) {
        Map<String, Long> byOperators = cases.stream()
                .filter(one -> !one.onHost().isEmpty())
                .collect(Collectors.groupingBy(
                        one -> String.join(", ", one.onHost()), TreeMap::new, Collectors.counting()));
        if (byOperators.isEmpty()) {
            return;
        }
        terminal.out().println("passed through operators on the host, not checked independently:");
        TextTable table = new TextTable(Column.text("  ON THE HOST"), Column.number("CASES"));
        byOperators.forEach((operators, count) -> table.row("  " + operators, String.valueOf(count)));
        table.print(terminal);
        terminal.out().println();
    }

    private void unsupported(List<Case> cases) {
        Map<String, List<Case>> byOperator = cases.stream()
                .filter(one -> one.is(Case.UNSUPPORTED))
                .collect(Collectors.groupingBy(Case::operator, TreeMap::new, Collectors.toList()));
        if (byOperator.isEmpty()) {
            return;
        }
        terminal.out().println("unsupported:");
        byOperator.forEach((operator, group) -> {
            terminal.out().println("  " + operator);
            group.forEach(one -> terminal.out().println("    " + one.name() + ": " + one.code() + " " + one.reason()));
        });
        terminal.out().println();
    }

    private void failure(Case failed) {
        WrongElement wrong = failed.wrong();
        if (wrong == null) {
            terminal.out().println(terminal.red("failed") + " " + failed.name() + ": " + failed.reason());
            return;
        }
        String index = wrong.index().stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        terminal.out().println(terminal.red("failed") + " " + failed.name() + ": " + wrong.node());
        terminal.out().println("  first at " + wrong.output() + index);
        terminal.out().println("    found     " + wrong.found());
        terminal.out().println("    expected  " + wrong.expected() + ", by the " + wrong.expectedBy());
        terminal.out().println("    bound     " + wrong.bound());
        if (!failed.constants().isEmpty()) {
            terminal.out().println("    constants " + String.join(", ", failed.constants()));
        }
    }
}
