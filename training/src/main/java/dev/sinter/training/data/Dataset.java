package dev.sinter.training.data;

import dev.sinter.ir.type.Shape;
import java.util.List;

/// Pictures with a class each. Examples may be made or read when they are asked for, so two calls for one example
/// give the same numbers but perhaps not the same array.
public interface Dataset {
    int size();

    /// The shape of one example, without the batch: channels, height, width.
    Shape shape();

    /// The names of the classes; a label is a place in this list.
    List<String> classes();

    /// The numbers of one example, row-major.
    ///
    /// @param index from 0 to `size() - 1`
    float[] example(int index);

    /// @param index from 0 to `size() - 1`
    int label(int index);
}
