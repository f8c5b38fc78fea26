package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;

/// A small context network (Yu and Koltun, 2016): the receptive field doubles with each layer, the extents stay.
final class Dilated {
    private static final long[] DILATIONS = {1, 1, 2, 4, 8, 16, 1};

    private Dilated() {}

    static void add(NetworkBuilder network, long batch) {
        network.input("image", batch, 3, 64, 64);
        for (long dilation : DILATIONS) {
            network.conv(16, 3).dilation(dilation).pad(dilation).relu();
        }
        network.conv(8, 1).softmax();
    }
}
