package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.stream.LongStream;

/// Elements and slices that a condition holds for.
public final class SelectionReference {
    private SelectionReference() {}

    /// The coordinates of elements that are not zero; NaN is not.
    public static TensorView nonZero(TensorView x) {
        boolean floating = x.type().element().isFloating();
        long[] found = LongStream.range(0, x.type().shape().elements())
                .filter(i -> floating ? x.value(i) != 0 : x.integer(i) != 0)
                .toArray();
        Shape shape = x.type().shape();
        long[] strides = shape.strides();
        TensorView result = TensorView.allocate(TensorType.of(ElementType.INT64, shape.rank(), found.length));
        for (int axis = 0; axis < shape.rank(); axis++) {
            for (int column = 0; column < found.length; column++) {
                result.setInteger((long) axis * found.length + column, found[column] / strides[axis] % shape.dim(axis));
            }
        }
        return result;
    }

    public static TensorView compress(long axis, TensorView x, TensorView condition) {
        int along = x.type().shape().normaliseAxis(axis);
        long listed =
                Math.min(x.type().shape().dim(along), condition.type().shape().dim(0));
        long[] kept = LongStream.range(0, listed)
                .filter(i -> condition.integer(i) != 0)
                .toArray();
        return slices(x, along, kept);
    }

    /// The slices of those numbers along an axis.
    static TensorView slices(TensorView x, int along, long[] numbers) {
        Shape shape = x.type().shape();
        TensorView result = TensorView.allocate(x.type().withShape(shape.with(along, numbers.length)));
        long inner = shape.strides()[along];
        for (long i = 0; i < result.type().shape().elements(); i++) {
            long slice = i / inner;
            long outer = slice / numbers.length;
            long number = numbers[(int) (slice % numbers.length)];
            result.setFrom(i, x, (outer * shape.dim(along) + number) * inner + i % inner);
        }
        return result;
    }
}
