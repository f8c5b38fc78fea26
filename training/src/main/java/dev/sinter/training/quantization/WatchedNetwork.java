package dev.sinter.training.quantization;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A compiled network that yields tensors between its layers. Who made it closes it.
final class WatchedNetwork implements AutoCloseable {
    private final Executable executable;

    /// What one run made of a value.
    interface Seen extends Function<Value, Tensor> {}

    private WatchedNetwork(Executable executable) {
        this.executable = executable;
    }

    /// @param wanted inputs and what nodes yield
    static WatchedNetwork of(Graph graph, Collection<Value> wanted, Device device, Trace trace) {
        List<Value> computed = wanted.stream()
                .distinct()
                .filter(value -> graph.producer(value).isPresent())
                .toList();
        Graph other = new Graph(graph.name(), graph.inputs(), graph.constants(), graph.nodes(), computed);
        return new WatchedNetwork(Sinter.compile(other, device, CompileOptions.DEFAULT.withTrace(trace)));
    }

    Seen run(Map<String, Tensor> inputs) {
        Map<String, Tensor> seen = new HashMap<>(inputs);
        seen.putAll(executable.run(inputs));
        return value -> Expect.present(seen.get(value.name()), value);
    }

    @Override
    public void close() {
        executable.close();
    }
}
