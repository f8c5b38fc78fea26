package dev.sinter.training.data;

import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// Some examples of a dataset, in an order of their own.
public final class Subset implements Dataset {
    private final Dataset whole;
    private final int[] indices;

    /// @param indices which examples; one may be there several times
    public Subset(Dataset whole, int... indices) {
        this.whole = whole;
        this.indices = indices.clone();
        for (int index : indices) {
            Objects.checkIndex(index, whole.size());
        }
    }

    /// The examples from `from` up to and without `to`.
    public static Subset range(Dataset whole, int from, int to) {
        Objects.checkFromToIndex(from, to, whole.size());
        return new Subset(whole, IntStream.range(from, to).toArray());
    }

    /// Which example of the whole this one is.
    public int indexInWhole(int index) {
        return indices[index];
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public Shape shape() {
        return whole.shape();
    }

    @Override
    public List<String> classes() {
        return whole.classes();
    }

    @Override
    public float[] example(int index) {
        return whole.example(indices[index]);
    }

    @Override
    public int label(int index) {
        return whole.label(indices[index]);
    }
}
