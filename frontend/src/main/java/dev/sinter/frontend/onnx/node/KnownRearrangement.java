package dev.sinter.frontend.onnx.node;

import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.function.LongUnaryOperator;

/// Known tensors whose elements are those of another one, in other places.
public final class KnownRearrangement {
    private KnownRearrangement() {}

    /// Where the element at some coordinates comes from.
    private interface Source {
        /// The row-major number in the original.
        long at(long[] coordinates);
    }

    /// `count` slices along an axis, the i-th of which is slice `index(i)` of the original.
    public static Tensor along(OnnxNode node, Tensor from, int axis, long count, LongUnaryOperator index) {
        long[] strides = from.shape().strides();
        return copy(node, from, from.shape().with(axis, count), at -> {
            long position = 0;
            for (int i = 0; i < at.length; i++) {
                position += strides[i] * (i == axis ? index.applyAsLong(at[i]) : at[i]);
            }
            return position;
        });
    }

    /// The original as often as it fits into `shape`, aligned at the end; also what broadcasting makes of it.
    public static Tensor repeated(OnnxNode node, Tensor from, Shape shape) {
        long[] strides = from.shape().strides();
        int extra = shape.rank() - strides.length;
        return copy(node, from, shape, at -> {
            long position = 0;
            for (int i = 0; i < strides.length; i++) {
                position += strides[i] * (at[i + extra] % from.shape().dim(i));
            }
            return position;
        });
    }

    private static Tensor copy(OnnxNode node, Tensor from, Shape shape, Source source) {
        Tensor to = node.allocate(from.type().withShape(shape));
        boolean floating = from.type().element().isFloating();
        long[] at = new long[shape.rank()];
        long elements = shape.elements();
        for (long i = 0; i < elements; i++) {
            long position = source.at(at);
            if (floating) {
                to.set(i, from.get(position));
            } else {
                to.setLong(i, from.getLong(position));
            }
            advance(at, shape);
        }
        return to;
    }

    private static void advance(long[] at, Shape shape) {
        for (int axis = at.length - 1; axis >= 0; axis--) {
            if (++at[axis] < shape.dim(axis)) {
                return;
            }
            at[axis] = 0;
        }
    }
}
