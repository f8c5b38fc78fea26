package dev.sinter.cli.input;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.Optional;

/// An input of a network, seen from one sample.
///
/// @param sample what one sample is, with the dimension of the batch, if there is one, at 1
/// @param batched whether that first dimension is the batch
public record SampleInput(String name, TensorType sample, boolean batched) {
    ElementType element() {
        return sample.element();
    }

    Shape shape() {
        return sample.shape();
    }

    /// What a sample is without the dimension of the batch.
    Shape rowShape() {
        return batched ? new Shape(shape().dims().subList(1, shape().rank())) : shape();
    }

    Optional<PixelShape> pixels() {
        return batched ? PixelShape.of(shape()) : Optional.empty();
    }

    /// Stores one number, rounded where the network takes integers.
    void set(Tensor tensor, long i, double value) {
        if (element().isFloating()) {
            tensor.set(i, value);
        } else {
            tensor.setLong(i, Math.round(value));
        }
    }
}
