package dev.sinter.frontend.zoo;

import dev.sinter.frontend.NetworkBuilder;

/// A multilayer perceptron, which convolutional networks are compared with.
final class Perceptron {
    private Perceptron() {}

    static void add(NetworkBuilder network, long batch) {
        network.input("image", batch, 1, 28, 28).flatten();
        network.dense(512).relu().dense(256).relu().dense(10).softmax();
    }
}
