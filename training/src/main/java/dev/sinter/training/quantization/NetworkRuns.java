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
import java.util.function.Consumer;
import java.util.function.Function;

/// Runs of a network on a device in which tensors between its layers are looked at.
///
/// @param device runs the layers
/// @param samples is all that the networks are run on
record NetworkRuns(Device device, Samples samples, Trace trace) {
    /// What one run made of a value.
    interface Seen extends Function<Value, Tensor> {}

    /// Runs `graph` on every batch.
    ///
    /// @param wanted inputs and what nodes yield
    void forEach(Graph graph, Collection<Value> wanted, Consumer<Seen> consumer) {
        try (Looking looking = new Looking(graph, wanted)) {
            for (int number = 0; number < samples.batches(); number++) {
                consumer.accept(looking.at(samples.batch(number)));
            }
        }
    }

    /// Runs two networks on the same batches, one after the other.
    void forEachPair(
            Graph first, Collection<Value> ofFirst, Graph second, Collection<Value> ofSecond, PairConsumer consumer) {
        try (Looking one = new Looking(first, ofFirst);
                Looking other = new Looking(second, ofSecond)) {
            for (int number = 0; number < samples.batches(); number++) {
                Map<String, Tensor> inputs = samples.batch(number);
                consumer.accept(one.at(inputs), other.at(inputs));
            }
        }
    }

    interface PairConsumer {
        void accept(Seen first, Seen second);
    }

    /// A network with other outputs.
    private final class Looking implements AutoCloseable {
        private final Executable executable;

        Looking(Graph graph, Collection<Value> wanted) {
            List<Value> computed = wanted.stream()
                    .distinct()
                    .filter(value -> graph.producer(value).isPresent())
                    .toList();
            Graph other = new Graph(graph.name(), graph.inputs(), graph.constants(), graph.nodes(), computed);
            executable = Sinter.compile(other, device, CompileOptions.DEFAULT.withTrace(trace));
        }

        Seen at(Map<String, Tensor> inputs) {
            Map<String, Tensor> seen = new HashMap<>(inputs);
            seen.putAll(executable.run(inputs));
            return value -> Expect.present(seen.get(value.name()), value);
        }

        @Override
        public void close() {
            executable.close();
        }
    }
}
