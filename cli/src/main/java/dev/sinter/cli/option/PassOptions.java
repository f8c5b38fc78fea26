package dev.sinter.cli.option;

import dev.sinter.cli.file.FolderName;
import dev.sinter.cli.passes.PassWatch;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.rewrite.Pipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What to show of the passes.
public final class PassOptions {
    @Option(
            names = "--print-after",
            paramLabel = "PASS",
            split = ",",
            description = "Print the graph to standard error after these passes, where they changed it.")
    private List<String> printAfter = List.of();

    @Option(names = "--print-after-all", description = "Print the graph to standard error after every pass.")
    private boolean printAfterAll;

    @Option(names = "--time-passes", description = "Print to standard error how long each pass took.")
    private boolean timePasses;

    @Option(
            names = "--dump-dir",
            paramLabel = "DIR",
            description = "Write the graph after every pass that changed it into a folder, numbered in order.")
    private @Nullable Path dumpFolder;

    /// Whether anything of the passes is to be shown.
    public boolean isPresent() {
        return !printAfter.isEmpty() || printAfterAll || timePasses || dumpFolder != null;
    }

    /// @param pipeline the passes that will run
    /// @throws dev.sinter.ir.diag.CompileException if it has no pass of a name that was given, or the folder cannot be
    ///     made
    public PassWatch watch(Pipeline pipeline, Terminal terminal) {
        printAfter.forEach(pipeline::step);
        return new PassWatch(
                terminal,
                List.copyOf(printAfter),
                printAfterAll,
                timePasses,
                Optional.ofNullable(dumpFolder).map(FolderName::make));
    }
}
