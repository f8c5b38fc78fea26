package dev.sinter.training.data;

import dev.sinter.ir.type.Shape;
import java.util.List;

/// A dataset followed by changed copies of itself. A copy is changed the same way each time, so that a training can be
/// repeated.
public final class AugmentedDataset implements Dataset {
    private final Dataset original;
    private final int copies;
    private final Augmentation augmentation;
    private final long seed;

    /// @param copies how many changed ones follow each original
    public AugmentedDataset(Dataset original, int copies, Augmentation augmentation, long seed) {
        if (copies < 0) {
            throw new IllegalArgumentException("copies " + copies + " must not be negative");
        }
        this.original = original;
        this.copies = copies;
        this.augmentation = augmentation;
        this.seed = seed;
    }

    @Override
    public int size() {
        return Math.multiplyExact(original.size(), copies + 1);
    }

    @Override
    public Shape shape() {
        return original.shape();
    }

    @Override
    public List<String> classes() {
        return original.classes();
    }

    @Override
    public float[] example(int index) {
        float[] planes = original.example(index % original.size());
        if (index < original.size()) {
            return planes;
        }
        int height = Math.toIntExact(shape().dim(1));
        int width = Math.toIntExact(shape().dim(2));
        return augmentation.apply(planes, height, width, new RandomNumbers(seed, index));
    }

    @Override
    public int label(int index) {
        return original.label(index % original.size());
    }
}
