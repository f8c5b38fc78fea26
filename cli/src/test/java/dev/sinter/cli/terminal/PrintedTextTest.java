package dev.sinter.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintedTextTest {
    private final StringWriter out = new StringWriter();
    private final Terminal terminal = Terminal.silent(out, new StringWriter());

    @Test
    void what_commands_a_terminal_is_shown() {
        terminal.out().print("a\033]0;b\007c\u009bd\re\u2066f\ng\th");
        terminal.out().flush();
        assertEquals("a\\u001b]0;b\\u0007c\\u009bd\\u000de\\u2066f\ng\th", out.toString());
    }

    @Test
    void letters_of_all_languages_stay() {
        String text = "größer, Сеть, 網路, 🙂";
        terminal.out().print(text);
        terminal.out().flush();
        assertEquals(text, out.toString());
    }

    @Test
    void in_markup_it_is_text_and_nothing_else() {
        assertEquals("&lt;a b=&quot;c&quot;&gt; &amp;amp;\\u001b", Printable.markup("<a b=\"c\"> &amp;\033"));
    }

    @Test
    void cells_of_a_table_are_one_line_of_sensible_length() {
        new TextTable(TextTable.Column.text("A"), TextTable.Column.text("B"))
                .row("x\ny\033", "z".repeat(1000))
                .print(terminal);
        terminal.out().flush();
        String[] lines = out.toString().split("\n");
        assertEquals(2, lines.length);
        assertEquals("x\\u000ay\\u001b", lines[1].split(" ")[0]);
        assertTrue(lines[1].length() < 300);
    }

    @Test
    void a_style_begins_and_ends_and_nothing_between_ends_it() {
        assertEquals("\033[1;31m", TextStyle.sequence(TextStyle.RED.of("").charAt(0)));
        assertEquals("\033[0m", TextStyle.sequence(TextStyle.RED.of("").charAt(1)));
        // A text that holds such a mark itself.
        assertEquals(
                "\\ufdd0", Printable.text(String.valueOf(TextStyle.PLAIN.of("").charAt(0))));
    }
}
