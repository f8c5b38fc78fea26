package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;

/// VGG-16 (Simonyan and Zisserman, 2015), configuration D.
final class Vgg {
    private static final long[] CHANNELS = {64, 128, 256, 512, 512};
    private static final int[] CONVOLUTIONS = {2, 2, 3, 3, 3};

    private Vgg() {}

    static void add(NetworkBuilder network, long batch) {
        network.input("image", batch, 3, 224, 224);
        for (int block = 1; block <= CHANNELS.length; block++) {
            for (int i = 1; i <= CONVOLUTIONS[block - 1]; i++) {
                String suffix = block + "_" + i;
                network.conv(CHANNELS[block - 1], 3)
                        .pad(1)
                        .as("conv" + suffix)
                        .relu()
                        .as("relu" + suffix);
            }
            network.maxPool(2);
        }
        network.flatten();
        network.dense(4096).as("fc6").relu().as("relu6").dropout(0.5);
        network.dense(4096).as("fc7").relu().as("relu7").dropout(0.5);
        network.dense(1000).as("fc8").softmax();
    }
}
