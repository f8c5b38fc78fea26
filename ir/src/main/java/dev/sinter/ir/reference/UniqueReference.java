package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The slices of a tensor that differ from each other.
public final class UniqueReference {
    private final TensorView x;
    private final Shape shape;
    private final int along;

    private UniqueReference(TensorView x, int along) {
        this.x = x;
        this.shape = x.type().shape();
        this.along = along;
    }

    /// Slices that differ, where each first occurs, which of them each slice is, and how often each occurs.
    public static List<TensorView> results(long axis, boolean sorted, TensorView x) {
        return new UniqueReference(x, x.type().shape().normaliseAxis(axis)).results(sorted);
    }

    private List<TensorView> results(boolean sorted) {
        int extent = (int) shape.dim(along);
        Comparator<Integer> order = this::compare;
        // Equal ones stay in their order, so that the first of a run is the first of all.
        int[] ascending = IntStream.range(0, extent)
                .boxed()
                .sorted(order)
                .mapToInt(i -> i)
                .toArray();
        int[] firstOf = new int[extent];
        for (int i = 0; i < extent; i++) {
            boolean same = i > 0 && compare(ascending[i - 1], ascending[i]) == 0;
            firstOf[ascending[i]] = same ? firstOf[ascending[i - 1]] : ascending[i];
        }
        int[] distinct = Arrays.stream(
                        sorted ? ascending : IntStream.range(0, extent).toArray())
                .filter(slice -> firstOf[slice] == slice)
                .toArray();
        int[] place = new int[extent];
        for (int i = 0; i < distinct.length; i++) {
            place[distinct[i]] = i;
        }
        TensorView inverse = numbers(extent);
        long[] counts = new long[distinct.length];
        for (int slice = 0; slice < extent; slice++) {
            int number = place[firstOf[slice]];
            inverse.setInteger(slice, number);
            counts[number]++;
        }
        TensorView first = numbers(distinct.length);
        TensorView often = numbers(distinct.length);
        for (int i = 0; i < distinct.length; i++) {
            first.setInteger(i, distinct[i]);
            often.setInteger(i, counts[i]);
        }
        long[] slices = Arrays.stream(distinct).asLongStream().toArray();
        return List.of(SelectionReference.slices(x, along, slices), first, inverse, often);
    }

    private static TensorView numbers(long count) {
        return TensorView.allocate(TensorType.of(ElementType.INT64, count));
    }

    /// By the first element that differs.
    private int compare(int a, int b) {
        long inner = shape.strides()[along];
        long outer = shape.dim(along) * inner;
        for (long base = 0; base < shape.elements(); base += outer) {
            for (long i = 0; i < inner; i++) {
                int difference = ElementOrder.compare(x, base + a * inner + i, base + b * inner + i);
                if (difference != 0) {
                    return difference;
                }
            }
        }
        return 0;
    }
}
