package dev.sinter.tests.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.cli.Main;
import dev.sinter.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.jspecify.annotations.NullMarked;

/// A command that was run in this process, and what it said.
@NullMarked
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = Terminal.silent(new PrintWriter(out), new PrintWriter(err));
        String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
        return new CommandRun(Main.run(terminal, words), out.toString(), err.toString());
    }

    /// What one said that must not fail.
    public static String fine(Object... arguments) {
        CommandRun run = of(arguments);
        assertEquals(0, run.exitCode(), run::toString);
        return run.out();
    }
}
