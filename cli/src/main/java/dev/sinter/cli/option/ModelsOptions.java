package dev.sinter.cli.option;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Which networks, all in the same shape.
public final class ModelsOptions {
    @Parameters(
            paramLabel = "MODEL",
            arity = "1..*",
            description = "ONNX files, IR text (.sir), or zoo:NAME, known networks with random weights.")
    private List<String> models = new ArrayList<>();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    /// What the user called them, each once.
    public List<String> names() {
        return models.stream().distinct().toList();
    }

    public long seed() {
        return network.seed();
    }

    /// One of them, with every dimension bound.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if there is none, or its file is not valid
    public Graph read(String name, Trace trace) {
        return network.source(name).read(trace);
    }
}
