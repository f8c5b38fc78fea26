package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;
import dev.sinter.frontend.Tap;
import java.util.ArrayDeque;
import java.util.Deque;

/// U-Net (Ronneberger et al., 2015) of half its width, padded so that the extents of encoder and decoder agree.
final class UNet {
    private static final long FINEST_CHANNELS = 32;
    private static final int LEVELS = 4;

    private UNet() {}

    static void add(NetworkBuilder network, long batch) {
        network.input("image", batch, 3, 128, 128);
        Deque<Tap> skips = new ArrayDeque<>();
        long channels = FINEST_CHANNELS;
        for (int level = 1; level <= LEVELS; level++) {
            twice(network, "down" + level + ".", channels);
            skips.push(network.tap());
            network.maxPool(2).as("down" + level + ".pool");
            channels *= 2;
        }
        twice(network, "bottom.", channels);
        for (int level = LEVELS; level >= 1; level--) {
            channels /= 2;
            String prefix = "up" + level + ".";
            network.convTranspose(channels, 2).stride(2).as(prefix + "upconv");
            network.concat(skips.pop()).as(prefix + "concat");
            twice(network, prefix, channels);
        }
        network.conv(2, 1).as("classes").softmax();
    }

    private static void twice(NetworkBuilder network, String prefix, long channels) {
        for (int i = 1; i <= 2; i++) {
            network.conv(channels, 3).pad(1).as(prefix + "conv" + i).relu().as(prefix + "relu" + i);
        }
    }
}
