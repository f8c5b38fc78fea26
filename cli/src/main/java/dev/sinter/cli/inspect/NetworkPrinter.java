package dev.sinter.cli.inspect;

import dev.sinter.cli.terminal.HostLine;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/// A network, for people.
public record NetworkPrinter(Terminal terminal) {
    private static final int MOST_NAMED = 20;

    public void print(NetworkReport report) {
        PrintWriter out = terminal.out();
        out.println(terminal.bold(report.model()) + " on " + report.target());
        report.inputs().forEach(input -> out.println("  input   " + input.name() + " " + input.type()));
        report.outputs().forEach(output -> out.println("  output  " + output.name() + " " + output.type()));
        out.println("  " + Quantity.of(report.importedNodes(), "node") + " imported, "
                + Quantity.of(report.layers().size(), "layer") + " after the passes, in "
                + Quantity.of(report.kernels().size(), "kernel"));
        out.println("  " + Quantity.count(report.totals().parameters()) + " parameters ("
                + Quantity.bytes(report.totals().constantBytes()) + "), "
                + Quantity.count(report.totals().multiplyAdds()) + " multiply-adds");
        out.println("  " + Quantity.bytes(report.totals().memoryBytes()) + " of memory for what lies between; "
                + Quantity.bytes(report.totals().peakBytes()) + " are needed at one time, "
                + Quantity.bytes(report.totals().separateBytes()) + " if no tensors shared memory");
        out.println();
        layers(report.layers());
        out.println();
        kernels(report.kernels());
        HostLine.of(report.onHost()).ifPresent(line -> out.println("\n" + line));
        notFused(report.layers());
        absorbed(report.absorbed());
    }

    private void layers(List<NetworkReport.Layer> layers) {
        TextTable table = new TextTable(
                Column.text("LAYER"),
                Column.text("OPERATOR"),
                Column.text("OUTPUT"),
                Column.number("PARAMETERS"),
                Column.number("MULTIPLY-ADDS"),
                Column.text("KERNEL"));
        for (NetworkReport.Layer layer : layers) {
            table.row(
                    layer.name(),
                    layer.operator(),
                    layer.output(),
                    layer.parameters() == 0 ? "" : Quantity.count(layer.parameters()),
                    layer.multiplyAdds() == 0 ? "" : Quantity.count(layer.multiplyAdds()),
                    computedBy(layer));
        }
        table.print(terminal);
    }

    private static String computedBy(NetworkReport.Layer layer) {
        if (layer.onHost()) {
            return "none: runs on the host";
        }
        return layer.kernels().isEmpty() ? "none: the bytes are there" : String.join(" ", layer.kernels());
    }

    private void kernels(List<NetworkReport.KernelEntry> kernels) {
        boolean written = kernels.stream().anyMatch(kernel -> kernel.schedule() != null || kernel.tuned() != null);
        TextTable table = new TextTable(
                Column.text("KERNEL"),
                Column.text("COMPUTES"),
                Column.text("WORK-ITEMS"),
                Column.text("GROUP"),
                Column.number("READS"),
                Column.number("CONSTANTS"),
                Column.number("WRITES"),
                Column.text(written ? "SCHEDULE" : ""));
        for (NetworkReport.KernelEntry kernel : kernels) {
            table.row(
                    kernel.name(),
                    String.join("+", kernel.operators())
                            + (kernel.parts() == 1 ? "" : " (" + kernel.part() + " of " + kernel.parts() + ")"),
                    kernel.launch().isEmpty() ? "single task" : extents(kernel.launch()),
                    kernel.workGroup().isEmpty() ? "any" : extents(kernel.workGroup()),
                    Quantity.bytes(kernel.bytesRead()),
                    kernel.bytesOfConstants() == 0 ? "" : Quantity.bytes(kernel.bytesOfConstants()),
                    Quantity.bytes(kernel.bytesWritten()),
                    schedule(kernel));
        }
        table.print(terminal);
    }

    private static String schedule(NetworkReport.KernelEntry kernel) {
        if (kernel.tuned() != null) {
            return "tuned: " + kernel.tuned();
        }
        return kernel.schedule() == null ? "" : kernel.schedule();
    }

    private static String extents(List<Long> extents) {
        return extents.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }

    private void notFused(List<NetworkReport.Layer> layers) {
        TextTable table = new TextTable(Column.text("NOT FUSED"), Column.text("WITH"), Column.text("BECAUSE"));
        boolean any = false;
        for (NetworkReport.Layer layer : layers) {
            for (NetworkReport.NotFused other : layer.notFused()) {
                table.row(layer.name(), other.producer(), other.reason());
                any = true;
            }
        }
        if (any) {
            terminal.out().println();
            table.print(terminal);
        }
    }

    private void absorbed(List<String> absorbed) {
        if (absorbed.isEmpty()) {
            return;
        }
        int more = absorbed.size() - MOST_NAMED;
        terminal.out().println();
        terminal.out()
                .println("Made part of other layers, or removed: "
                        + absorbed.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                        + (more > 0 ? ", and " + more + " more" : ""));
    }
}
