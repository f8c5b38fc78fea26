package dev.sinter.cli.terminal;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
    /// @param rank 0 for a column that is always printed; of the others the highest ones are left out first where the
    ///     terminal is too narrow
    public record Column(String heading, Side side, int rank) {
        public static Column text(String heading) {
            return new Column(heading, Side.LEFT, 0);
        }

        public static Column number(String heading) {
            return new Column(heading, Side.RIGHT, 0);
        }

        /// The same, to be left out where the terminal is too narrow.
        public Column dispensable(int order) {
            return new Column(heading, side, order);
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
        List<Integer> shown = shown(widths, terminal.width());
        if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
            out.println(terminal.bold(line(headings, widths, shown)));
        }
        rows.forEach(row -> out.println(line(row, widths, shown)));
    }

    /// The columns that fit, in their order.
    private List<Integer> shown(int[] widths, int room) {
        List<Integer> shown =
                new ArrayList<>(IntStream.range(0, columns.size()).boxed().toList());
        while (shown.stream().mapToLong(i -> widths[i] + GAP.length()).sum() - GAP.length() > room) {
            Optional<Integer> least = shown.stream()
                    .filter(i -> columns.get(i).rank() > 0)
                    .max(Comparator.comparingInt(i -> columns.get(i).rank()));
            if (least.isEmpty()) {
                break;
            }
            shown.remove(least.get());
        }
        return shown;
    }

    private static void widen(int[] widths, List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
    }

    private String line(List<String> cells, int[] widths, List<Integer> shown) {
        StringBuilder line = new StringBuilder();
        for (int i : shown) {
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
