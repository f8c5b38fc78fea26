package dev.sinter.cli.option;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which networks, all in the same shape.
public final class ModelsOptions {
    @Parameters(
            paramLabel = "MODEL",
            arity = "1..*",
            description = "ONNX files, IR text (.sir), or zoo:NAME, known networks with random weights.")
    private List<String> models = new ArrayList<>();

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
            description = "From which inputs, and the weights of zoo networks, are made. Default: 1.")
    private long seed;

    @Mixin
    private MemoryOptions memory = new MemoryOptions();

    /// What the user called them, each once.
    public List<String> names() {
        return models.stream().distinct().toList();
    }

    public long seed() {
        return seed;
    }

    /// One of them, with every dimension bound.
    ///
    /// @throws dev.sinter.ir.diag.CompileException if there is none, or its file is not valid
    public Graph read(String name, Trace trace) {
        return new ModelSource(name, Optional.ofNullable(batch), bindings, seed).read(trace);
    }
}
