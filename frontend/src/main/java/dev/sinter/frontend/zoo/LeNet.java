package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;

/// LeNet-5 (LeCun et al., 1998).
final class LeNet {
    private LeNet() {}

    static void modern(NetworkBuilder network, long batch) {
        network.input("image", batch, 1, 28, 28);
        network.conv(6, 5).pad(2).relu().maxPool(2);
        network.conv(16, 5).relu().maxPool(2);
        network.flatten().dense(120).relu().dense(84).relu().dense(10).softmax();
    }

    /// Without what later networks left out: trained scales in the pooling, a partial connection table in the second
    /// convolution, and radial basis functions at the end.
    static void original(NetworkBuilder network, long batch) {
        network.input("image", batch, 1, 32, 32);
        network.conv(6, 5).as("c1").tanh().averagePool(2).as("s2");
        network.conv(16, 5).as("c3").tanh().averagePool(2).as("s4");
        network.conv(120, 5).as("c5").tanh().flatten();
        network.dense(84).as("f6").tanh().dense(10).as("output").softmax();
    }
}
