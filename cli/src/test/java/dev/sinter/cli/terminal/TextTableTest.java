package dev.sinter.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.cli.terminal.TextTable.Column;
import java.io.PrintWriter;
import java.io.StringWriter;
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

    @Test
    void a_row_needs_a_cell_for_every_column() {
        assertThrows(IllegalArgumentException.class, () -> new TextTable(Column.text("A")).row("1", "2"));
    }
}
