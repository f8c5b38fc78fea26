package dev.sinter.ir.analysis;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Tensor;
import java.util.Map;

/// What measurements run networks on: the oracle, or a device.
public interface NetworkRunner {
    /// Makes a network ready to run; the caller closes it.
    Loaded load(Graph graph);

    /// A network that runs as often as one likes.
    interface Loaded extends AutoCloseable {
        /// @return the graph's outputs, by name
        Map<String, Tensor> run(Map<String, Tensor> inputs);

        @Override
        void close();
    }

    /// Exact, and slow.
    static NetworkRunner oracle() {
        return graph -> new Loaded() {
            @Override
            public Map<String, Tensor> run(Map<String, Tensor> inputs) {
                return Interpreter.run(graph, inputs);
            }

            @Override
            public void close() {}
        };
    }
}
