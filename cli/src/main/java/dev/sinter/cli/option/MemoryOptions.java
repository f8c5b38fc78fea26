package dev.sinter.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How much memory a network may take.
public final class MemoryOptions {
    public static final String NAME = "--max-memory";

    // Looked up in what was parsed: the limit holds for the whole command.
    @SuppressWarnings("UnusedVariable")
    @Option(
            names = NAME,
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description =
                    "Refuse what would take more memory, for example 512m or 16g, before it is taken. Default: three"
                            + " quarters of the machine's.")
    private @Nullable Long most;
}
