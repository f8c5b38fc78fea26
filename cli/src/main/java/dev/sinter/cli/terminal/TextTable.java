package dev.sinter.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under headings, every column as wide as its widest cell.
public final class TextTable {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    /// Which side of a column its cells stand at.
    public enum Side {
        LEFT,
        RIGHT
    }

    /// @param heading empty if the column needs none
    public record Column(String heading, Side side) {
        public static Column text(String heading) {
            return new Column(heading, Side.LEFT);
        }

        public static Column number(String heading) {
            return new Column(heading, Side.RIGHT);
        }
    }

    public TextTable(Column... columns) {
        this.columns = List.of(columns);
    }

    public TextTable row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + columns.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(Printable::cell).toList());
        return this;
    }

    public void print(Terminal terminal) {
        print(terminal, terminal.out());
    }

    /// @param out one of the terminal's two
    public void print(Terminal terminal, PrintWriter out) {
        int[] widths = new int[columns.size()];
        List<String> headings = columns.stream().map(Column::heading).toList();
        widen(widths, headings);
        rows.forEach(row -> widen(widths, row));
        if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
            out.println(terminal.bold(line(headings, widths)));
        }
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static void widen(int[] widths, List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            String blanks = " ".repeat(widths[i] - cell.length());
            switch (columns.get(i).side()) {
                case LEFT -> line.append(cell).append(blanks);
                case RIGHT -> line.append(blanks).append(cell);
            }
            line.append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
