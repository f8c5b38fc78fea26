package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;

/// DS-CNN (Zhang et al., "Hello Edge", 2017), as small as MLPerf Tiny has it (Banbury et al., 2021): a convolution, and
/// four pairs of a depthwise one and one of single points, all of one width.
final class SeparableConvolutions {
    private static final long CHANNELS = 64;
    private static final int PAIRS = 4;

    private SeparableConvolutions() {}

    static void add(NetworkBuilder network, long batch) {
        network.input("spectrogram", batch, 1, 49, 10);
        network.conv(CHANNELS, 10, 4)
                .stride(2)
                .pad(4, 1, 5, 1)
                .withoutBias()
                .batchNorm()
                .relu();
        for (int pair = 1; pair <= PAIRS; pair++) {
            String prefix = "pair" + pair + ".";
            network.conv(CHANNELS, 3).groups(CHANNELS).pad(1).withoutBias().as(prefix + "depthwise.conv");
            network.batchNorm().as(prefix + "depthwise.norm").relu().as(prefix + "depthwise.relu");
            network.conv(CHANNELS, 1).withoutBias().as(prefix + "pointwise.conv");
            network.batchNorm().as(prefix + "pointwise.norm").relu().as(prefix + "pointwise.relu");
        }
        network.globalAveragePool().flatten().dense(12).softmax();
    }
}
