package dev.sinter.cli;

import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.Failures;
import java.io.IOException;
import java.util.Optional;

/// The `sinter` command.
public final class Main {
    /// What is said of a reader that has seen enough, such as `head`, which is no news to anybody.
    private static final String BROKEN_PIPE = "Broken pipe";

    private Main() {}

    public static void main(String[] arguments) {
        StandardError.takeBack();
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
        Optional<IOException> lost = terminal.lostResults();
        lost.filter(reason -> !BROKEN_PIPE.equals(reason.getMessage()))
                .map(reason -> new CompileException(
                        Code.FILE_WRITE,
                        "standard output",
                        "cannot be written: " + Failures.reason(reason),
                        "what was printed is not complete"))
                .ifPresent(fault -> FaultReport.of(fault).print(terminal));
        boolean complete = lost.isEmpty() && terminal.lostRemarks().isEmpty();
        return complete || exitCode != FaultReport.FINE ? exitCode : FaultReport.FAILED;
    }
}
