package dev.sinter.tests.fuzz;

import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import org.jspecify.annotations.NullMarked;

/// A value of a network that grows, with what ONNX Runtime makes of it.
@NullMarked
record Known(String name, Tensor tensor) {
    Shape shape() {
        return tensor.shape();
    }

    int rank() {
        return tensor.shape().rank();
    }

    long dim(int axis) {
        return tensor.shape().dim(axis);
    }

    ElementType element() {
        return tensor.type().element();
    }

    boolean isReal() {
        return element() == ElementType.FLOAT32;
    }

    /// Batch, channels and one to three dimensions of space.
    boolean isSpatial() {
        return isReal() && rank() >= 3 && rank() <= 5;
    }

    double largest() {
        double largest = 0;
        for (long i = 0; i < tensor.shape().elements(); i++) {
            largest = Math.max(largest, Math.abs(tensor.get(i)));
        }
        return largest;
    }
}
