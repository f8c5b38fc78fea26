package dev.sinter.training.data;

import dev.sinter.ir.type.Shape;
import java.util.List;

/// Examples of one pixel each, whose value is their index; odd ones are of class 1.
record NumberedExamples(int size) implements Dataset {
    @Override
    public Shape shape() {
        return Shape.of(1, 1, 1);
    }

    @Override
    public List<String> classes() {
        return List.of("even", "odd");
    }

    @Override
    public float[] example(int index) {
        return new float[] {index};
    }

    @Override
    public int label(int index) {
        return index % 2;
    }
}
