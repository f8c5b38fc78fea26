package dev.sinter.cli.option;

import dev.sinter.cli.file.PathText;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// One model as a user names it, and in which shape.
///
/// @param name a file, or `zoo:` and the name of a network
/// @param batch empty for what the model says, or 1
/// @param bindings sizes of open dimensions
/// @param seed of the weights of a network of the zoo
record ModelSource(String name, Optional<Long> batch, Map<String, Long> bindings, long seed) {
    private static final String ZOO = "zoo:";

    /// Where it is read from; empty for a network of the zoo.
    Optional<Path> file() {
        return name.startsWith(ZOO) ? Optional.empty() : Optional.of(PathText.parse(name));
    }

    /// The network with every dimension bound.
    ///
    /// @throws CompileException if there is none, or its file is not valid
    Graph read(Trace trace) {
        if (batch.isPresent() && batch.get() < 1) {
            throw new CompileException(Code.OPTION, "--batch", batch.get() + " must be at least 1", null);
        }
        return name.startsWith(ZOO) ? fromZoo(name.substring(ZOO.length())) : fromFile(trace);
    }

    private Graph fromZoo(String network) {
        if (!bindings.isEmpty()) {
            throw new CompileException(
                    Code.OPTION, "--bind", "networks of the zoo have no open dimensions", "--batch sets the batch");
        }
        return Zoo.graph(network, batch.orElse(1L), seed);
    }

    private Graph fromFile(Trace trace) {
        Model read = Model.read(PathText.parse(name), trace).withDimensions(bindings);
        return batch.map(read::withBatch).orElse(read).graph();
    }
}
