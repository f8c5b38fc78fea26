package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.util.List;

/// The oracle for operators that move elements and change none: bounds go along, integers keep their bits.
public final class MovementReference {
    private static final long OUTSIDE = -1;

    private MovementReference() {}

    /// The same elements in the same order, whatever the shapes.
    public static void copy(List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        ParallelLoop.elements(y.type().shape().elements(), i -> y.setFrom(i, x, i));
    }

    public static void concat(long axis, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView y = outputs.getFirst();
        Shape joined = y.type().shape();
        int along = joined.normaliseAxis(axis);
        long inner = along == joined.rank() - 1 ? 1 : joined.strides()[along];
        long outputRun = joined.dim(along) * inner;
        long offset = 0;
        for (TensorView x : inputs) {
            long run = x.type().shape().dim(along) * inner;
            long begin = offset;
            ParallelLoop.elements(
                    x.type().shape().elements(), i -> y.setFrom(i / run * outputRun + begin + i % run, x, i));
            offset += run;
        }
    }

    public static void transpose(List<Long> permutation, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        long[] strides = x.type().shape().strides();
        long[] permuted =
                permutation.stream().mapToLong(axis -> strides[axis.intValue()]).toArray();
        StridedIndex source = new StridedIndex(y.type().shape(), permuted);
        ParallelLoop.elements(y.type().shape().elements(), i -> y.setFrom(i, x, source.at(i)));
    }

    /// Where along a dimension the element stands that padding puts at `at`, counted from the input's first; OUTSIDE if
    /// it is none of the input's.
    private interface Source {
        long of(long at, long extent);
    }

    /// With `value` outside.
    public static void padWith(double value, List<Long> begins, List<TensorView> inputs, List<TensorView> outputs) {
        pad((at, extent) -> at < 0 || at >= extent ? OUTSIDE : at, value, begins, inputs, outputs);
    }

    /// With the nearest element outside.
    public static void padWithEdge(List<Long> begins, List<TensorView> inputs, List<TensorView> outputs) {
        pad((at, extent) -> Math.clamp(at, 0, extent - 1), 0, begins, inputs, outputs);
    }

    /// With the tensor mirrored at its first and last element outside.
    public static void padWithReflection(List<Long> begins, List<TensorView> inputs, List<TensorView> outputs) {
        pad((at, extent) -> at < 0 ? -at : at >= extent ? 2 * (extent - 1) - at : at, 0, begins, inputs, outputs);
    }

    /// With the tensor again outside.
    public static void padByWrapping(List<Long> begins, List<TensorView> inputs, List<TensorView> outputs) {
        pad(Math::floorMod, 0, begins, inputs, outputs);
    }

    private static void pad(
            Source source, double value, List<Long> begins, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape padded = y.type().shape();
        long[] strides = x.type().shape().strides();
        long[][] sources = new long[padded.rank()][];
        for (int axis = 0; axis < padded.rank(); axis++) {
            sources[axis] = sources(source, begins.get(axis), x.type().shape().dim(axis), padded.dim(axis));
        }
        TensorView outside = TensorView.of(Tensor.filled(TensorType.of(y.type().element()), value));
        ParallelLoop.elements(padded.elements(), i -> {
            long rest = i;
            long place = 0;
            for (int axis = padded.rank() - 1; axis >= 0; axis--) {
                long at = sources[axis][(int) (rest % padded.dim(axis))];
                rest /= padded.dim(axis);
                place = at == OUTSIDE || place == OUTSIDE ? OUTSIDE : place + at * strides[axis];
            }
            if (place == OUTSIDE) {
                y.setFrom(i, outside, 0);
            } else {
                y.setFrom(i, x, place);
            }
        });
    }

    /// For every coordinate of the output along a dimension the input's, or OUTSIDE.
    private static long[] sources(Source source, long begin, long extent, long paddedExtent) {
        long[] sources = new long[Math.toIntExact(paddedExtent)];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = source.of(i - begin, extent);
        }
        return sources;
    }
}
