package dev.sinter.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/// One command, run in this process.
public record CommandRun(int exitCode, String out, String err) {
    /// @param arguments the command's words, and paths among them
    public static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = Terminal.silent(new PrintWriter(out, true), new PrintWriter(err, true));
        String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        int exitCode = Main.run(terminal, words);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /// Demands that all went well; returns this.
    public CommandRun fine() {
        assertEquals(0, exitCode, this::toString);
        return this;
    }

    /// Demands an error of that code that the user can mend, in one paragraph, and nothing on standard output.
    ///
    /// @param words all of which the error must have
    public void isWrongUse(String code, String... words) {
        assertAll(
                () -> assertEquals(2, exitCode, this::toString),
                () -> assertEquals("", out),
                () -> assertTrue(paragraph().startsWith(code + " "), this::toString),
                () -> assertFalse(err.contains("\tat "), this::toString),
                () -> Arrays.stream(words)
                        .forEach(word -> assertTrue(err.contains(word), () -> "no '" + word + "' in\n" + err)));
    }

    /// The error without what was said before it.
    private String paragraph() {
        return err.startsWith("device: ") ? err.substring(err.indexOf('\n') + 1) : err;
    }
}
