package dev.sinter.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How wide the terminal is that this process was started from. Java does not tell; shells set `COLUMNS`, though most
/// do not hand it on, and `stty` asks the terminal.
final class TerminalWidth {
    private static final int USUAL = 80;
    private static final int LEAST = 20;
    private static final long PATIENCE_MILLIS = 500;

    private TerminalWidth() {}

    /// Looked up when a table is first printed: it takes longer than the start of a command.
    private static final class Lazy {
        private static final int COLUMNS = number(System.getenv().getOrDefault("COLUMNS", ""))
                .orElseGet(() -> asked().flatMap(TerminalWidth::columns).orElse(USUAL));
    }

    static int ofProcess() {
        return Lazy.COLUMNS;
    }

    /// From `rows columns`.
    static Optional<Integer> columns(String size) {
        String[] parts = size.strip().split(" ", -1);
        return parts.length == 2 ? number(parts[1]) : Optional.empty();
    }

    private static Optional<Integer> number(String text) {
        try {
            int width = Integer.parseInt(text.strip());
            return width < LEAST ? Optional.empty() : Optional.of(width);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return Optional.empty();
            }
            return Optional.of(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
