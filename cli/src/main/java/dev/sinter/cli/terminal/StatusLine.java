package dev.sinter.cli.terminal;

import java.io.PrintWriter;

/// A line that is shown while something happens, and leaves nothing behind.
final class StatusLine implements AutoCloseable {
    private final PrintWriter out;
    private int length;

    StatusLine(PrintWriter out) {
        this.out = out;
    }

    /// Puts a text in the place of the one before.
    synchronized void show(String text) {
        out.print(text + " ".repeat(Math.max(0, length - text.length())) + "\r");
        out.flush();
        length = text.length();
    }

    @Override
    public void close() {
        show("");
    }
}
