package dev.sinter.cli.option;

import dev.sinter.cli.file.TraceFile;
import dev.sinter.ir.file.OutputFile;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What every command understands.
public final class CommonOptions {
    public static final String STACKTRACE = "--stacktrace";

    @Option(
            names = {"-q", "--quiet"},
            description = "Print results and errors only.")
    private boolean quiet;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Write what was done when, for ui.perfetto.dev or chrome://tracing.")
    private @Nullable Path trace;

    // Looked up in what was parsed, as it is needed when there is no command any more.
    @SuppressWarnings("UnusedVariable")
    @Option(names = STACKTRACE, description = "Print where in Sinter an error came from.")
    private boolean stacktrace;

    public boolean quiet() {
        return quiet;
    }

    /// Where the library reports to; the caller closes it when all is done, which writes the file.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if the file cannot be written
    public TraceFile openTrace() {
        return new TraceFile(Optional.ofNullable(trace).map(OutputFile::at));
    }
}
