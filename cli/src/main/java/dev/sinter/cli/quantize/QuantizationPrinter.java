package dev.sinter.cli.quantize;

import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What quantising did to a network, for people.
public record QuantizationPrinter(Terminal terminal) {
    public void print(QuantizationReport report) {
        TextTable table = new TextTable(
                Column.text("LAYER"),
                Column.text("OPERATOR"),
                Column.text("COMPUTES"),
                Column.number("FROM"),
                Column.number("TO"),
                Column.number("SCALE"),
                Column.number("ZERO"),
                Column.number("CLIPPED"),
                Column.number("SNR dB"),
                Column.number("OWN dB"));
        for (QuantizationReport.LayerEntry layer : report.layers()) {
            table.row(
                    layer.name(),
                    layer.operator(),
                    layer.computes(),
                    number(layer.low()),
                    number(layer.high()),
                    number(layer.scale()),
                    layer.zeroPoint() == null ? "" : String.valueOf(layer.zeroPoint()),
                    layer.scale() == null ? "" : Quantity.percent(layer.clipped()),
                    layer.decibels() == null ? "exact" : decibels(layer.decibels()),
                    decibels(layer.ownDecibels()));
        }
        table.print(terminal);
        Double before = report.accuracyBefore();
        Double after = report.accuracyAfter();
        Long tested = report.tested();
        if (before != null && after != null && tested != null) {
            line("accuracy: " + Quantity.percent(before) + " before, " + Quantity.percent(after) + " after, of "
                    + Quantity.of(tested, "sample"));
        }
        line("size: " + Quantity.bytes(report.bytesBefore()) + " before, " + Quantity.bytes(report.bytesAfter())
                + " after");
        if (report.advice() != null) {
            line(terminal.red("bad: ") + report.advice());
        }
        line("wrote " + report.file());
    }

    private void line(String text) {
        terminal.out().println(text);
    }

    private static String number(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.4g", value);
    }

    private static String decibels(@Nullable Double value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.1f", value);
    }
}
