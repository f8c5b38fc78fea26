package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;

/// AlexNet (Krizhevsky et al., 2012), whose two GPUs are two groups.
final class AlexNet {
    /// The paper's alpha of 1e-4 multiplies the sum over 5 channels, not their mean.
    private static final double ALPHA = 5 * 1e-4;

    private AlexNet() {}

    static void add(NetworkBuilder network, long batch) {
        network.input("image", batch, 3, 227, 227);
        network.conv(96, 11).stride(4).relu().lrn(5, ALPHA, 0.75, 2).maxPool(3).stride(2);
        network.conv(256, 5)
                .pad(2)
                .groups(2)
                .relu()
                .lrn(5, ALPHA, 0.75, 2)
                .maxPool(3)
                .stride(2);
        network.conv(384, 3).pad(1).relu();
        network.conv(384, 3).pad(1).groups(2).relu();
        network.conv(256, 3).pad(1).groups(2).relu().maxPool(3).stride(2);
        network.flatten();
        network.dense(4096).relu().dropout(0.5);
        network.dense(4096).relu().dropout(0.5);
        network.dense(1000).softmax();
    }
}
