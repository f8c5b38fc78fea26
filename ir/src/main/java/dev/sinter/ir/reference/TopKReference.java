package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The first `count` elements along an axis once they are sorted, and where they were.
public record TopKReference(long axis, long count, boolean largest) {
    public List<TensorView> results(TensorView x) {
        Shape shape = x.type().shape();
        int along = shape.normaliseAxis(axis);
        TensorType type = x.type().withShape(shape.with(along, count));
        TensorView values = TensorView.allocate(type);
        TensorView indices = TensorView.allocate(type.withElement(ElementType.INT64));
        int extent = (int) shape.dim(along);
        long stride = shape.strides()[along];
        long lines = extent == 0 || count == 0 ? 0 : shape.elements() / extent;
        for (long line = 0; line < lines; line++) {
            long outer = line / stride;
            long inner = line % stride;
            long first = outer * extent * stride + inner;
            Comparator<Integer> ascending = ElementOrder.of(x, i -> first + i * stride);
            List<Integer> order = IntStream.range(0, extent)
                    .boxed()
                    .sorted((largest ? ascending.reversed() : ascending).thenComparing(Comparator.naturalOrder()))
                    .toList();
            double spread = spread(x, first, extent, stride);
            for (int rank = 0; rank < count; rank++) {
                long from = first + order.get(rank) * stride;
                long to = (outer * count + rank) * stride + inner;
                if (x.type().element().isFloating()) {
                    double value = x.value(from);
                    values.set(to, value, Double.isFinite(value) ? spread : x.bound(from));
                } else {
                    values.setInteger(to, x.integer(from), spread);
                }
                indices.setInteger(
                        to,
                        order.get(rank),
                        spread == 0 ? 0 : reach(x, first, extent, stride, order.get(rank), spread));
            }
        }
        return List.of(values, indices);
    }

    /// What is n-th largest moves no farther than the element that moves farthest.
    private static double spread(TensorView x, long first, int extent, long stride) {
        double spread = 0;
        for (int i = 0; i < extent && !x.isExact(); i++) {
            double bound = x.bound(first + i * stride);
            spread = Double.isNaN(bound) ? spread : Math.max(spread, bound);
        }
        return spread;
    }

    /// How far from the n-th largest elements stand that may be it as well.
    private static double reach(TensorView x, long first, int extent, long stride, int place, double spread) {
        double value = x.value(first + place * stride);
        double reach = 0;
        for (int i = 0; i < extent; i++) {
            double apart = Math.abs(x.value(first + i * stride) - value);
            boolean maybe = !(apart > spread + x.bound(first + i * stride));
            reach = maybe ? Math.max(reach, Math.abs(i - place)) : reach;
        }
        return reach;
    }
}
