package dev.sinter.ir.type;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;

/// What a tensor holds and how large it is.
public record TensorType(ElementType element, Shape shape) {
    /// How many elements a tensor in a network may have, as many as the longest array of a Java virtual machine: the
    /// oracle holds a tensor in one, and kernels number its elements by 32-bit integers. Arrays in files, of which a
    /// batch is read at a time, may be larger.
    public static final long MOST_COMPUTABLE = Integer.MAX_VALUE - 8;

    /// This type, of a tensor in a network.
    ///
    /// @param where what messages call the tensor
    /// @throws CompileException if it has too many elements
    public TensorType requireComputable(String where) {
        if (shape.elements() > MOST_COMPUTABLE) {
            throw new CompileException(
                    Code.SHAPE_ELEMENTS,
                    where,
                    this + " has " + shape.elements() + " elements but a tensor of a network has at most "
                            + MOST_COMPUTABLE,
                    "use a smaller batch or smaller extents");
        }
        return this;
    }

    public static TensorType of(ElementType element, long... dims) {
        return new TensorType(element, Shape.of(dims));
    }

    public static TensorType float32(long... dims) {
        return of(ElementType.FLOAT32, dims);
    }

    public TensorType withShape(Shape other) {
        return new TensorType(element, other);
    }

    public TensorType withElement(ElementType other) {
        return new TensorType(other, shape);
    }

    /// The size in bytes of the dense row-major form.
    public long bytes() {
        return shape.elements() * element.bytes();
    }

    @Override
    public String toString() {
        return element + shape.toString();
    }
}
