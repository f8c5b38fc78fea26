package dev.sinter.training.quantization;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import java.util.Collection;
import java.util.function.Consumer;

/// Runs of networks on a device in which tensors between layers are looked at.
///
/// @param device runs the layers
/// @param samples is all that the networks are run on
record NetworkRuns(Device device, Samples samples, Trace trace) {
    /// A network of whose values those that are `wanted` can be looked at; the caller closes it.
    WatchedNetwork watch(Graph graph, Collection<Value> wanted) {
        return WatchedNetwork.of(graph, wanted, device, trace);
    }

    /// Runs a network on every batch.
    void forEach(WatchedNetwork network, Consumer<WatchedNetwork.Seen> consumer) {
        for (int number = 0; number < samples.batches(); number++) {
            consumer.accept(network.run(samples.batch(number)));
        }
    }
}
