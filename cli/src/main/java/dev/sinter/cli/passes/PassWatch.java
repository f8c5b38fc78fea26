package dev.sinter.cli.passes;

import dev.sinter.cli.file.FileNames;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.GraphPrinter.Constants;
import dev.sinter.ir.rewrite.Pipeline;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows what passes do while they run.
public final class PassWatch implements Pipeline.Observer, Trace {
    private final Terminal terminal;
    private final List<String> printAfter;
    private final boolean printAfterAll;
    private final boolean timePasses;
    private final Optional<Path> dumpFolder;
    private final Map<String, Timing> timings = new LinkedHashMap<>();
    private int dumped;

    private record Timing(long nanos, int runs, int changes, String does) {
        Timing plus(Timing other) {
            return new Timing(nanos + other.nanos, runs + other.runs, changes + other.changes, does);
        }
    }

    /// @param printAfter the passes after which the graph is printed
    /// @param dumpFolder where it is written after each pass that changed it
    public PassWatch(
            Terminal terminal,
            List<String> printAfter,
            boolean printAfterAll,
            boolean timePasses,
            Optional<Path> dumpFolder) {
        this.terminal = terminal;
        this.printAfter = List.copyOf(printAfter);
        this.printAfterAll = printAfterAll;
        this.timePasses = timePasses;
        this.dumpFolder = dumpFolder;
    }

    @Override
    public void after(Pipeline.Step step, Graph graph, boolean changed) {
        if (printAfterAll || printAfter.contains(step.name())) {
            String heading = "// after " + step.name() + ": " + step.sentence() + (changed ? "" : " (unchanged)");
            terminal.err().println(terminal.bold(heading));
            if (changed) {
                terminal.err().println(GraphPrinter.print(graph, Constants.ELIDED));
            }
        }
        if (changed) {
            dumpFolder.ifPresent(folder -> dump(folder, step, graph));
        }
    }

    private void dump(Path folder, Pipeline.Step step, Graph graph) {
        String name = String.format("%03d-%s.sir", ++dumped, FileNames.of(step.name()));
        write(OutputFile.at(folder.resolve(name)), graph, Constants.ELIDED);
    }

    /// Writes a graph as IR text, piece by piece.
    public static void write(OutputFile file, Graph graph, Constants constants) {
        file.write(out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            GraphPrinter.print(graph, constants, writer);
            writer.flush();
        });
    }

    @Override
    public void report(Event event) {
        if (!event.category().equals("pass")) {
            return;
        }
        int changes = "changed".equals(event.details().get("result")) ? 1 : 0;
        String does = event.details().getOrDefault("does", "");
        timings.merge(event.name(), new Timing(event.endNanos() - event.startNanos(), 1, changes, does), Timing::plus);
    }

    /// Prints what was asked for at the end.
    public void finish() {
        if (!timePasses) {
            return;
        }
        TextTable table = new TextTable(
                Column.text("PASS"),
                Column.number("TIME"),
                Column.number("RUNS"),
                Column.number("CHANGED"),
                Column.text("WHAT IT DOES"));
        timings.forEach((pass, timing) -> table.row(
                pass,
                Quantity.seconds(timing.nanos() / 1e9),
                String.valueOf(timing.runs()),
                String.valueOf(timing.changes()),
                timing.does()));
        long all = timings.values().stream().mapToLong(Timing::nanos).sum();
        table.row("all", Quantity.seconds(all / 1e9), "", "", "");
        table.print(terminal, terminal.err());
    }
}
