package dev.sinter.cli.explain;

import dev.sinter.cli.explain.Page.Block;
import dev.sinter.cli.explain.Page.Section;
import dev.sinter.cli.explain.Page.Volume;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A page on a terminal of 80 columns, which every one has.
public record TerminalPage(Terminal terminal) {
    private static final int WIDTH = 80;
    private static final int GAP = 2;
    private static final int SHORTEST_NAME = 8;
    private static final int LONGEST_NAME = 20;
    private static final int LONGEST_BAR = 20;

    /// So many rows at the top and at the bottom of a table are shown.
    private static final int FIRST_ROWS = 22;

    private static final int LAST_ROWS = 10;

    public void print(Page page) {
        terminal.out().println(terminal.bold(page.title()));
        page.lead().forEach(line -> wrapped(line, ""));
        int number = 0;
        for (Section section : page.sections()) {
            terminal.out().println();
            terminal.out().println(terminal.bold(++number + ". " + section.title()));
            section.blocks().forEach(this::print);
        }
    }

    private void print(Block block) {
        terminal.out().println();
        switch (block) {
            case Block.Text(String text) -> wrapped(text, "");
            case Block.Source(String text) -> wrapped("Source: " + text + ".", "  ");
            case Block.Lines(List<String> lines) ->
                lines.forEach(line -> terminal.out().println("    " + line));
            case Block.Table(List<Column> columns, List<List<String>> rows) -> table(columns, rows);
            case Block.Volumes(List<Volume> volumes) -> bars(volumes);
        }
    }

    private void wrapped(String text, String indent) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ")) {
            if (line.length() > indent.length() && line.length() + word.length() > WIDTH) {
                terminal.out().println(line.toString().stripTrailing());
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        terminal.out().println(line.toString().stripTrailing());
    }

    private void table(List<Column> columns, List<List<String>> rows) {
        TextTable table = new TextTable(columns.toArray(Column[]::new));
        int longest = roomForNames(columns, rows);
        boolean shortened = rows.size() > FIRST_ROWS + LAST_ROWS + 1;
        for (int i = 0; i < rows.size(); i++) {
            if (shortened && i == FIRST_ROWS) {
                List<String> gap = new ArrayList<>(Collections.nCopies(columns.size(), ""));
                gap.set(0, "...");
                table.row(gap.toArray(String[]::new));
            }
            if (!shortened || i < FIRST_ROWS || i >= rows.size() - LAST_ROWS) {
                List<String> cells = new ArrayList<>(rows.get(i));
                cells.set(0, shortName(cells.getFirst(), longest));
                table.row(cells.toArray(String[]::new));
            }
        }
        table.print(terminal);
        if (shortened) {
            terminal.out()
                    .println((rows.size() - FIRST_ROWS - LAST_ROWS)
                            + " rows are left out; --html and --json have them all");
        }
    }

    /// What the other columns leave to the first.
    private static int roomForNames(List<Column> columns, List<List<String>> rows) {
        int taken = 0;
        for (int i = 1; i < columns.size(); i++) {
            int column = i;
            taken += GAP
                    + Math.max(
                            columns.get(i).heading().length(),
                            rows.stream()
                                    .mapToInt(row -> row.get(column).length())
                                    .max()
                                    .orElse(0));
        }
        return Math.max(SHORTEST_NAME, WIDTH - taken);
    }

    /// The beginning and the end of a name that is too long: names of imported layers can be paths.
    private static String shortName(String name, int longest) {
        if (name.length() <= longest) {
            return name;
        }
        int head = (longest - 2) / 2;
        return name.substring(0, head) + ".." + name.substring(name.length() - (longest - 2 - head));
    }

    private void bars(List<Volume> volumes) {
        long highest = volumes.stream().mapToLong(Volume::height).max().orElse(1);
        long deepest = volumes.stream().mapToLong(Volume::channels).max().orElse(1);
        TextTable table = new TextTable(
                Column.text("MAP"), Column.text("C x H x W"), Column.text("HEIGHT"), Column.text("CHANNELS"));
        for (Volume volume : volumes) {
            table.row(
                    shortName(volume.name(), LONGEST_NAME),
                    volume.channels() + " x " + Words.by(volume.extents()),
                    bar("#", volume.height(), highest),
                    bar("=", volume.channels(), deepest));
        }
        table.print(terminal);
    }

    private static String bar(String mark, long value, long largest) {
        return mark.repeat((int) Math.max(1, Math.round((double) LONGEST_BAR * value / largest)));
    }
}
