package dev.sinter.cli;

import dev.sinter.cli.terminal.Terminal;

/// The `sinter` command.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // Nothing here has a window, and a server may have no display.
        System.setProperty("java.awt.headless", "true");
        int exitCode = run(Terminal.ofProcess(), arguments);
        System.exit(exitCode);
    }

    /// Runs one command.
    ///
    /// @return the exit code: 0 if all went well, 1 if something failed, 2 if the command or its input is at fault
    public static int run(Terminal terminal, String... arguments) {
        int exitCode = CommandTree.execute(terminal, arguments);
        terminal.out().flush();
        terminal.err().flush();
        return exitCode;
    }
}
