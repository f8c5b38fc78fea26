package dev.sinter.cli;

import dev.sinter.cli.terminal.Printable;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ExitCode;

/// What users read when something went wrong, and what the process exits with.
///
/// @param paragraphs never a stack trace
record FaultReport(String paragraphs, int exitCode) {
    static final int FINE = ExitCode.OK;
    /// A wrong result, a device that failed, a picture among many that could not be read, or a fault of Sinter's own.
    static final int FAILED = ExitCode.SOFTWARE;
    static final int WRONG_USE = ExitCode.USAGE;

    /// Causes may go round in a circle.
    private static final int DEEPEST_CAUSE = 100;

    static FaultReport of(Throwable fault) {
        Optional<OutOfMemoryError> memory = outOfMemory(fault);
        return switch (memory.<Throwable>map(found -> found).orElse(fault)) {
            case CompileException known -> new FaultReport(String.valueOf(known.getMessage()), exitCode(known.code()));
            case OutOfMemoryError full ->
                new FaultReport(
                        "out of memory: " + full.getMessage()
                                + "\n"
                                + "  hint: use a smaller batch, or give Java more memory:"
                                + " SINTER_JAVA_OPTIONS=-Xmx16g",
                        FAILED);
            default ->
                new FaultReport(
                        "A fault of Sinter itself: " + description(fault)
                                + "\n"
                                + "  hint: please report it, with the command, the model if you may share it, and what"
                                + " the command prints with --stacktrace",
                        FAILED);
        };
    }

    /// Whatever it was wrapped in on its way from another thread.
    private static Optional<OutOfMemoryError> outOfMemory(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST_CAUSE)
                .filter(OutOfMemoryError.class::isInstance)
                .map(OutOfMemoryError.class::cast)
                .findFirst();
    }

    private static String description(Throwable fault) {
        String name = fault.getClass().getSimpleName();
        return fault.getMessage() == null ? name : name + ": " + fault.getMessage();
    }

    /// A device that fails is nobody's mistake; everything else is told before any work is done.
    private static int exitCode(Code code) {
        return code == Code.DEVICE_RUN || code == Code.DEVICE_BUILD ? FAILED : WRONG_USE;
    }

    void print(Terminal terminal) {
        String readable = Printable.message(paragraphs);
        String[] firstAndRest = readable.split(" ", 2);
        boolean coded = firstAndRest[0].matches("[A-Z]+-\\d+");
        terminal.err()
                .println(
                        coded
                                ? terminal.red(firstAndRest[0]) + " " + firstAndRest[1]
                                : terminal.red("error: ") + readable);
    }
}
