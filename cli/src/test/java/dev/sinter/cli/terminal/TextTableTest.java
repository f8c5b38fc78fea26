package dev.sinter.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.cli.terminal.TextTable.Column;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static String printed(TextTable table) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        table.print(Terminal.silent(writer, writer));
        writer.flush();
        return out.toString();
    }

    @Test
    void text_stands_left_and_numbers_right() {
        TextTable table = new TextTable(Column.text("NAME"), Column.number("COUNT"), Column.text("NOTE"))
                .row("a", "1", "short")
                .row("longer", "100000", "");
        assertEquals("""
            NAME     COUNT  NOTE
            a            1  short
            longer  100000
            """, printed(table));
    }

    private static String printed(TextTable table, int width) {
        StringWriter out = new StringWriter();
        table.print(new Terminal(out, new StringWriter(), true, false, () -> width));
        return out.toString();
    }

    @Test
    void columns_are_left_out_where_the_terminal_is_too_narrow() {
        TextTable table = new TextTable(
                        Column.text("NAME"),
                        Column.number("FIRST").dispensable(1),
                        Column.number("LAST").dispensable(2),
                        Column.number("TIME"))
                .row("a", "1", "2", "3");
        assertEquals(
                "NAME  FIRST  LAST  TIME",
                printed(table, 23).lines().findFirst().orElseThrow());
        assertEquals("NAME  FIRST  TIME", printed(table, 22).lines().findFirst().orElseThrow());
        assertEquals("NAME  TIME", printed(table, 16).lines().findFirst().orElseThrow());
        assertEquals("NAME  TIME", printed(table, 5).lines().findFirst().orElseThrow());
    }

    @Test
    void a_terminal_tells_rows_and_columns() {
        assertEquals(120, TerminalWidth.columns("40 120\n").orElseThrow());
        assertEquals(Optional.empty(), TerminalWidth.columns("0 0"));
        assertEquals(Optional.empty(), TerminalWidth.columns("stty: standard input"));
    }

    @Test
    void a_row_needs_a_cell_for_every_column() {
        assertThrows(IllegalArgumentException.class, () -> new TextTable(Column.text("A")).row("1", "2"));
    }
}
