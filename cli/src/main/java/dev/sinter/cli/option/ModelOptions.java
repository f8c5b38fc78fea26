package dev.sinter.cli.option;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which network, and in which shape.
public final class ModelOptions {
    @Parameters(
            paramLabel = "MODEL",
            description = "An ONNX file, IR text (.sir), or zoo:NAME, a known network with random weights.")
    private String model = "";

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Compile for N samples at once. Default: what the model says, 1 if that is open.")
    private @Nullable Long batch;

    @Option(
            names = "--bind",
            paramLabel = "DIM=N",
            description = "The size of an open dimension: a symbol such as N=4, or one dimension of one input such as"
                    + " data[2]=224.")
    private Map<String, Long> bindings = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "From which random numbers are made, such as the weights of zoo networks. Default: 1.")
    private long seed;

    @Mixin
    private MemoryOptions memory = new MemoryOptions();

    /// What the user called the model.
    public String name() {
        return model;
    }

    /// Where it is read from; empty for a network of the zoo.
    public Optional<Path> file() {
        return source().file();
    }

    public long seed() {
        return seed;
    }

    /// The network with every dimension bound.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if there is none, or its file is not valid
    public Graph read(Trace trace) {
        return source().read(trace);
    }

    private ModelSource source() {
        return new ModelSource(model, Optional.ofNullable(batch), bindings, seed);
    }
}
