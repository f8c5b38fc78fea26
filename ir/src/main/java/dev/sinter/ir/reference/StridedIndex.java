package dev.sinter.ir.reference;

import dev.sinter.ir.type.Shape;
import java.util.Arrays;

/// From the row-major number of an element in one shape to the place in memory that a stride per dimension gives it.
final class StridedIndex {
    private final long[] dims;
    private final long[] strides;
    private final boolean identity;

    StridedIndex(Shape shape, long[] strides) {
        this.dims = shape.dims().stream().mapToLong(Long::longValue).toArray();
        this.strides = strides.clone();
        this.identity = Arrays.equals(strides, shape.strides());
    }

    /// Where the element of `operand` stands that NumPy's broadcasting puts at an element of `result`.
    static StridedIndex broadcast(Shape operand, Shape result) {
        long[] own = operand.strides();
        long[] strides = new long[result.rank()];
        int missing = result.rank() - operand.rank();
        for (int axis = 0; axis < operand.rank(); axis++) {
            strides[missing + axis] = operand.dim(axis) == 1 && result.dim(missing + axis) != 1 ? 0 : own[axis];
        }
        return new StridedIndex(result, strides);
    }

    long at(long element) {
        if (identity) {
            return element;
        }
        long rest = element;
        long place = 0;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            place += rest % dims[axis] * strides[axis];
            rest /= dims[axis];
        }
        return place;
    }
}
