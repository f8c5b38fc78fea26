package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for elements that are picked by indices: bounds go along, integers keep their bits. An index with a bound
/// picks any of several.
public final class GatherReference {
    private GatherReference() {}

    /// Slices along an axis: the first input seen as `[outer, extent, inner]`.
    public static void slices(long axis, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.get(0);
        TensorView indices = inputs.get(1);
        TensorView y = outputs.getFirst();
        Shape shape = x.type().shape();
        int along = shape.normaliseAxis(axis);
        long extent = shape.dim(along);
        long inner = product(shape, along + 1, shape.rank());
        long picked = indices.type().shape().elements();
        ParallelLoop.elements(y.type().shape().elements(), i -> {
            long outer = i / inner / picked;
            long stated = i / inner % picked;
            OpenIndex.move(
                    x,
                    indices.integer(stated),
                    indices.bound(stated),
                    index -> (outer * extent + place(index, extent)) * inner + i % inner,
                    y,
                    i);
        });
    }

    /// One element for each index.
    public static void elements(long axis, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.get(0);
        TensorView indices = inputs.get(1);
        TensorView y = outputs.getFirst();
        Shape shape = x.type().shape();
        int along = shape.normaliseAxis(axis);
        long[] strides = shape.strides();
        StridedIndex same = new StridedIndex(y.type().shape(), without(strides, along));
        ParallelLoop.elements(y.type().shape().elements(), i -> {
            OpenIndex.move(
                    x,
                    indices.integer(i),
                    indices.bound(i),
                    index -> same.at(i) + place(index, shape.dim(along)) * strides[along],
                    y,
                    i);
        });
    }

    private static long[] without(long[] strides, int axis) {
        long[] others = strides.clone();
        others[axis] = 0;
        return others;
    }

    /// Parts at the coordinates in the rows of the second input.
    public static void parts(int batchDims, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.get(0);
        TensorView indices = inputs.get(1);
        TensorView y = outputs.getFirst();
        Shape shape = x.type().shape();
        Shape stated = indices.type().shape();
        int coordinates = Math.toIntExact(stated.dim(stated.rank() - 1));
        long[] strides = shape.strides();
        long batch = product(shape, batchDims, shape.rank());
        long part = product(shape, batchDims + coordinates, shape.rank());
        long rowsPerBatch = product(stated, batchDims, stated.rank() - 1);
        ParallelLoop.elements(y.type().shape().elements(), i -> {
            long row = i / part;
            long place = row / rowsPerBatch * batch + i % part;
            boolean isOpen = false;
            for (int axis = 0; axis < coordinates; axis++) {
                long index = indices.integer(row * coordinates + axis);
                isOpen |= indices.bound(row * coordinates + axis) > 0;
                place += place(index, shape.dim(batchDims + axis)) * strides[batchDims + axis];
            }
            y.setFrom(i, x, place);
            if (isOpen) {
                OpenIndex.widen(y, i, Double.POSITIVE_INFINITY);
            }
        });
    }

    private static long place(long index, long extent) {
        return Math.clamp(index < 0 ? index + extent : index, 0, extent - 1);
    }

    private static long product(Shape shape, int from, int to) {
        long product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= shape.dim(axis);
        }
        return product;
    }
}
