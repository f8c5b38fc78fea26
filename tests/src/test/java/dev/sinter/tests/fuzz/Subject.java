package dev.sinter.tests.fuzz;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;

/// A way to run networks that must yield what the oracle says.
///
/// @param options by the graph, since schedules are written for one
/// @param exact whether integers take the place of weights and inputs, so that every bit counts
/// @param rewritten what is compiled in place of the graph; it has the graph's values
/// @param arguments what makes `sinter verify` do the same; where it cannot, the schedules are written to a file, which
///     it is given
@NullMarked
record Subject(
        String name,
        Device device,
        Function<Graph, CompileOptions> options,
        boolean exact,
        Function<Graph, Graph> rewritten,
        Optional<String> arguments) {
    Subject(String name, Device device, Function<Graph, CompileOptions> options) {
        this(name, device, options, false, graph -> graph, Optional.empty());
    }

    Subject(String name, Device device, CompileOptions options) {
        this(name, device, _ -> options);
    }

    Subject(String name, Device device, CompileOptions options, String arguments) {
        this(name, device, _ -> options, false, graph -> graph, Optional.of(arguments));
    }

    /// On integers, of which the kernels round none.
    static Subject exact(String name, Device device, CompileOptions options, String arguments) {
        return new Subject(name, device, _ -> options, true, graph -> graph, Optional.of(arguments + " --exact"));
    }

    @Override
    public String toString() {
        return name;
    }
}
