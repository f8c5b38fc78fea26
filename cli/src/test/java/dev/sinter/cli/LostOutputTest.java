package dev.sinter.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.cli.terminal.Terminal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LostOutputTest {
    /// Takes nothing.
    private static final class Full extends Writer {
        private final String reason;

        Full(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(char[] text, int from, int count) throws IOException {
            throw new IOException(reason);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"devices", "devices --json", "--help", "run --help", "inspect zoo:lenet5 --device jvm"})
    void results_that_cannot_be_written_are_no_success(String command) {
        StringWriter err = new StringWriter();
        int exitCode = Main.run(Terminal.silent(new Full("No space left on device"), err), command.split(" "));
        assertEquals(1, exitCode, err::toString);
        assertTrue(
                err.toString().contains("FILE-003 standard output: cannot be written: No space left"), err::toString);
    }

    @Test
    void a_reader_that_has_seen_enough_is_not_told() {
        StringWriter err = new StringWriter();
        assertEquals(1, Main.run(Terminal.silent(new Full("Broken pipe"), err), "devices"));
        assertEquals("", err.toString());
    }
}
