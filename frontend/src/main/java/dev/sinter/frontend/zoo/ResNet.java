package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;
import dev.sinter.frontend.Tap;

/// ResNet-18 (He et al., 2016), and one of eight layers for small pictures (MLPerf Tiny: Banbury et al., 2021).
final class ResNet {
    private static final long[] CHANNELS = {64, 128, 256, 512};
    private static final int BLOCKS_PER_STAGE = 2;
    private static final long[] SMALL_CHANNELS = {16, 32, 64};

    /// A branch that is added is made small, else activations double from block to block.
    private static final double BRANCH_GAIN = 0.5;

    private ResNet() {}

    static void add(NetworkBuilder network, long batch) {
        network.input("image", batch, 3, 224, 224);
        network.conv(64, 7).stride(2).pad(3).withoutBias().batchNorm().relu();
        network.maxPool(3).stride(2).pad(1);
        for (int stage = 1; stage <= CHANNELS.length; stage++) {
            for (int block = 1; block <= BLOCKS_PER_STAGE; block++) {
                boolean narrows = stage > 1 && block == 1;
                block(network, "stage" + stage + "." + block + ".", CHANNELS[stage - 1], narrows ? 2 : 1);
            }
        }
        network.globalAveragePool().flatten().dense(1000).softmax();
    }

    static void addSmall(NetworkBuilder network, long batch) {
        network.input("image", batch, 3, 32, 32);
        network.conv(16, 3).pad(1).withoutBias().batchNorm().relu();
        for (int stage = 1; stage <= SMALL_CHANNELS.length; stage++) {
            block(network, "stage" + stage + ".", SMALL_CHANNELS[stage - 1], stage > 1 ? 2 : 1);
        }
        network.globalAveragePool().flatten().dense(10).softmax();
    }

    private static void block(NetworkBuilder network, String prefix, long channels, long stride) {
        Tap before = network.tap();
        Tap shortcut = before;
        if (stride != 1) {
            network.conv(channels, 1).stride(stride).withoutBias().as(prefix + "shortcut.conv");
            shortcut = network.batchNorm().as(prefix + "shortcut.norm").tap();
        }
        network.from(before);
        network.conv(channels, 3).stride(stride).pad(1).withoutBias().as(prefix + "conv1");
        network.batchNorm().as(prefix + "norm1").relu().as(prefix + "relu1");
        network.conv(channels, 3).pad(1).withoutBias().as(prefix + "conv2");
        network.batchNorm(BRANCH_GAIN).as(prefix + "norm2");
        network.add(shortcut).as(prefix + "add").relu().as(prefix + "relu2");
    }
}
