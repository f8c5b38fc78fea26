package dev.sinter.ir.type;

/// What a tensor holds and how large it is.
public record TensorType(ElementType element, Shape shape) {
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
        return Math.multiplyExact(shape.elements(), element.bytes());
    }

    @Override
    public String toString() {
        return element + shape.toString();
    }
}
