package dev.sinter.ir.analysis;

import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;

/// A picture moved over itself.
record GivenPicture(Tensor picture) implements MovablePicture {
    @Override
    public Tensor moved(long... by) {
        Shape shape = picture.shape();
        long[] strides = shape.strides();
        Tensor tensor = Tensor.allocate(picture.type());
        for (long i = 0; i < shape.elements(); i++) {
            long source = i;
            for (int axis = 0; axis < by.length; axis++) {
                long extent = shape.dim(axis + 2);
                long at = i / strides[axis + 2] % extent;
                source += (Math.clamp(at - by[axis], 0, extent - 1) - at) * strides[axis + 2];
            }
            tensor.set(i, picture.get(source));
        }
        return tensor;
    }
}
