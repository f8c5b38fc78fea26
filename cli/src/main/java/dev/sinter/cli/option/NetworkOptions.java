package dev.sinter.cli.option;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a network is made with, whichever it is: its batch, open dimensions, random numbers, and room.
public final class NetworkOptions {
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

    long seed() {
        return seed;
    }

    /// @param model what the user called it
    ModelSource source(String model) {
        return new ModelSource(model, Optional.ofNullable(batch), bindings, seed);
    }
}
