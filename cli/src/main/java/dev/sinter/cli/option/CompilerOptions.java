package dev.sinter.cli.option;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What the compiler may leave out, for comparing.
public final class CompilerOptions {
    @Option(names = "--no-fusion", description = "Give every layer kernels of its own.")
    private boolean withoutFusion;

    @Option(names = "--no-passes", description = "Compile the graph as it was imported.")
    private boolean withoutPasses;

    public CompileOptions options(Trace trace) {
        return new CompileOptions(!withoutFusion, !withoutPasses, false, Optional.empty(), trace);
    }
}
