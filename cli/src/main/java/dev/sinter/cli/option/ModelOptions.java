package dev.sinter.cli.option;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Which network, and in which shape.
public final class ModelOptions {
    @Parameters(
            paramLabel = "MODEL",
            description = "An ONNX file, IR text (.sir), or zoo:NAME, a known network with random weights.")
    private String model = "";

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    /// What the user called the model.
    public String name() {
        return model;
    }

    /// Where it is read from; empty for a network of the zoo.
    public Optional<Path> file() {
        return network.source(model).file();
    }

    public long seed() {
        return network.seed();
    }

    /// The network with every dimension bound.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if there is none, or its file is not valid
    public Graph read(Trace trace) {
        return network.source(model).read(trace);
    }
}
