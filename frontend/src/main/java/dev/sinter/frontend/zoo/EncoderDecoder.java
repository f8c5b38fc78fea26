package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;
import dev.sinter.frontend.Tap;

/// A small U-Net (Ronneberger et al., 2015), padded so that the extents of encoder and decoder agree.
final class EncoderDecoder {
    private EncoderDecoder() {}

    static void add(NetworkBuilder network, long batch) {
        network.input("image", batch, 3, 64, 64);
        Tap fine = twice(network, 16).tap();
        Tap middle = twice(network.maxPool(2), 32).tap();
        twice(network.maxPool(2), 64);
        twice(network.convTranspose(32, 2).stride(2).concat(middle), 32);
        twice(network.convTranspose(16, 2).stride(2).concat(fine), 16);
        network.conv(2, 1).softmax();
    }

    private static NetworkBuilder twice(NetworkBuilder network, long channels) {
        return network.conv(channels, 3).pad(1).relu().conv(channels, 3).pad(1).relu();
    }
}
