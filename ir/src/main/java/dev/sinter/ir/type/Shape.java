package dev.sinter.ir.type;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Excerpt;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The extents of a tensor, outermost first. Rank 0 is a scalar. No extent is negative, and sizes are bounded, so that
/// whatever is made of a shape (strides, products, indices with padding) fits a `long` many times over.
public record Shape(List<Long> dims) {
    /// Networks have up to 8 dimensions or so; kernels have a loop for each.
    public static final int MOST_RANK = 32;

    /// More than any file holds. What networks compute with is smaller still: [TensorType#requireComputable(String)].
    public static final long MOST_ELEMENTS = 1L << 44;

    /// @throws CompileException if there are too many dimensions or elements, or a negative extent
    public Shape {
        dims = List.copyOf(dims);
        if (dims.size() > MOST_RANK) {
            throw new CompileException(
                    Code.SHAPE_RANK,
                    "shape",
                    "shape " + Excerpt.of(dims) + " has rank " + dims.size() + " but at most " + MOST_RANK
                            + " is supported",
                    null);
        }
        long elements = 1;
        for (long dim : dims) {
            if (dim < 0) {
                throw new CompileException(
                        Code.SHAPE_ELEMENTS,
                        "shape",
                        "extent " + dim + " in " + Excerpt.of(dims) + " must not be negative",
                        null);
            }
            // An extent of zero must not hide that the others make no sense.
            long extent = Math.max(1, dim);
            if (extent > MOST_ELEMENTS / elements) {
                throw tooMany(dims);
            }
            elements *= extent;
        }
    }

    private static CompileException tooMany(List<Long> dims) {
        BigInteger elements = dims.stream()
                .map(dim -> BigInteger.valueOf(Math.max(1, dim)))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        return new CompileException(
                Code.SHAPE_ELEMENTS,
                "shape",
                "shape " + Excerpt.of(dims) + " has " + elements + " elements but at most " + MOST_ELEMENTS
                        + " are supported",
                "use a smaller batch or smaller extents");
    }

    public static Shape of(long... dims) {
        List<Long> list = new ArrayList<>(dims.length);
        for (long dim : dims) {
            list.add(dim);
        }
        return new Shape(list);
    }

    public int rank() {
        return dims.size();
    }

    public long dim(int axis) {
        return dims.get(axis);
    }

    public long elements() {
        long elements = 1;
        for (long dim : dims) {
            elements *= dim;
        }
        return elements;
    }

    /// Row-major strides in elements.
    public long[] strides() {
        long[] strides = new long[rank()];
        long stride = 1;
        for (int axis = rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= dim(axis);
        }
        return strides;
    }

    /// A negative axis counts from the end, as in ONNX and NumPy.
    ///
    /// @throws IllegalArgumentException if the axis lies outside the rank
    public int normaliseAxis(long axis) {
        if (axis < -rank() || axis >= rank()) {
            throw new IllegalArgumentException("axis " + axis + " is outside " + this + " of rank " + rank());
        }
        return (int) (axis < 0 ? axis + rank() : axis);
    }

    public Shape with(int axis, long dim) {
        List<Long> changed = new ArrayList<>(dims);
        changed.set(axis, dim);
        return new Shape(changed);
    }

    /// NumPy's broadcasting: extents are aligned at the end, and 1 stretches. Empty if the shapes do not go together.
    public static Optional<Shape> broadcast(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        List<Long> dims = new ArrayList<>(rank);
        for (int axis = 0; axis < rank; axis++) {
            long x = axis < rank - a.rank() ? 1 : a.dim(axis - rank + a.rank());
            long y = axis < rank - b.rank() ? 1 : b.dim(axis - rank + b.rank());
            if (x != y && x != 1 && y != 1) {
                return Optional.empty();
            }
            dims.add(x == 1 ? y : x);
        }
        return Optional.of(new Shape(dims));
    }

    @Override
    public String toString() {
        return dims.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
    }
}
