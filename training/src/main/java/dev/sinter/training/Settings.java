package dev.sinter.training;

import dev.sinter.training.data.Augmentation;
import java.util.Objects;
import java.util.Optional;

/// How to train.
///
/// @param batch images per step
/// @param seed of the order of the data and of dropout; the same seed on the same device gives the same bits
/// @param augmentation by how much images are changed at random, in each epoch in another way
/// @param patience how many epochs without a better one end training; 0 for all epochs
public record Settings(
        Loss loss,
        Optimiser optimiser,
        LearningRate rate,
        int epochs,
        int batch,
        long seed,
        Optional<Augmentation> augmentation,
        int patience) {
    public Settings {
        Objects.requireNonNull(loss);
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs " + epochs + " must be at least 1");
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch " + batch + " must be at least 1");
        }
        if (patience < 0) {
            throw new IllegalArgumentException("patience " + patience + " must not be negative");
        }
    }

    /// Adam at 0.001, falling along a cosine, on batches of 64.
    public static Settings standard(int epochs, long seed) {
        return new Settings(
                Loss.CROSS_ENTROPY,
                Optimiser.Adam.standard(),
                new LearningRate.Cosine(0.001),
                epochs,
                64,
                seed,
                Optional.empty(),
                0);
    }
}
