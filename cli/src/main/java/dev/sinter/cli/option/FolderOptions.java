package dev.sinter.cli.option;

import dev.sinter.cli.file.FolderName;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The folder that results are written to.
public final class FolderOptions {
    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "The folder to write to; it is made if it is not there, and must hold nothing.")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Write into a folder that holds something, over files of the same names.")
    private boolean force;

    /// @throws dev.sinter.ir.diag.CompileException if it cannot be written to, or holds something that is not to be
    ///     written over
    public Path requireWritable() {
        FolderName.requireWritable(out, force);
        return out;
    }
}
