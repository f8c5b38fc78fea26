package dev.sinter.cli.train;

import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.training.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How often a class was taken for which.
public final class ConfusionTable {
    private static final int MOST_CLASSES = 20;

    private ConfusionTable() {}

    public static void print(Terminal terminal, Scores scores) {
        List<String> classes = scores.classes();
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%d of %d correct (%.2f %%), loss %.4f%n",
                        scores.correct(),
                        scores.examples(),
                        100 * scores.accuracy(),
                        scores.loss());
        if (classes.size() > MOST_CLASSES) {
            return;
        }
        terminal.out().println("is (row) and was taken for (column):");
        List<TextTable.Column> columns = new ArrayList<>(List.of(TextTable.Column.text("")));
        classes.forEach(name -> columns.add(TextTable.Column.number(name)));
        columns.add(TextTable.Column.number("found"));
        TextTable table = new TextTable(columns.toArray(TextTable.Column[]::new));
        for (int row = 0; row < classes.size(); row++) {
            table.row(cells(scores, row));
        }
        table.print(terminal);
    }

    private static String[] cells(Scores scores, int row) {
        List<String> cells = new ArrayList<>(List.of(scores.classes().get(row)));
        long sum = 0;
        for (long count : scores.confusion()[row]) {
            cells.add(count == 0 ? "." : String.valueOf(count));
            sum += count;
        }
        cells.add(sum == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * scores.confusion()[row][row] / sum));
        return cells.toArray(String[]::new);
    }
}
