package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;
import dev.sinter.ir.graph.Graph;

/// One network of the zoo.
record Network(String name, String description, Layers layers) {
    /// What adds input and layers to an empty network.
    interface Layers {
        void addTo(NetworkBuilder network, long batch);
    }

    Graph build(long batch, long seed) {
        NetworkBuilder network = NetworkBuilder.named(name).seed(seed);
        layers.addTo(network, batch);
        return network.build();
    }
}
