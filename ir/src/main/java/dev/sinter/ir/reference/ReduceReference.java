package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.ElementaryFunctions;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.RunningProduct;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongFunction;

/// The oracle for reductions along axes.
public final class ReduceReference {
    private ReduceReference() {}

    /// The elements that one element of the output is made of.
    private record Reduced(TensorView x, long base, StridedIndex index, long count) {
        long place(long i) {
            return base + index.at(i);
        }

        Bounded get(long i) {
            return x.get(place(i));
        }
    }

    public static void sum(Set<Integer> axes, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        reduce(axes, inputs, outputs, points -> arithmetic.stored(sum(arithmetic, points)));
    }

    public static void mean(Set<Integer> axes, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        reduce(axes, inputs, outputs, points -> {
            Bounded divisor = arithmetic.constant(points.count());
            return arithmetic.stored(arithmetic.dividedBy(sum(arithmetic, points), divisor));
        });
    }

    public static void max(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        reduce(axes, inputs, outputs, ReduceReference::max);
    }

    public static void min(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        reduce(axes, inputs, outputs, points -> {
            Bounded min = Bounded.exact(Double.POSITIVE_INFINITY);
            for (long i = 0; i < points.count(); i++) {
                min = min.min(points.get(i));
            }
            return min;
        });
    }

    public static void product(
            Set<Integer> axes, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        reduce(axes, inputs, outputs, points -> {
            RunningProduct product = new RunningProduct();
            for (long i = 0; i < points.count(); i++) {
                product.times(points.get(i));
            }
            return arithmetic.stored(product.result(arithmetic, i -> points.x().value(points.place(i))));
        });
    }

    public static void logSumExp(
            Set<Integer> axes, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        Arithmetic arithmetic = arithmetic(rounding, outputs);
        reduce(axes, inputs, outputs, points -> arithmetic.stored(logSumExp(arithmetic, points)));
    }

    private static Arithmetic arithmetic(Rounding rounding, List<TensorView> outputs) {
        return new Arithmetic(rounding, outputs.getFirst().type().element());
    }

    private static void reduce(
            Set<Integer> axes,
            List<TensorView> inputs,
            List<TensorView> outputs,
            Function<Reduced, Bounded> reduction) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = x.type().shape();
        StridedIndex kept = along(shape, axes, false);
        StridedIndex points = along(shape, axes, true);
        long count = count(axes, shape);
        ParallelLoop.units(
                y.type().shape().elements(), i -> y.set(i, reduction.apply(new Reduced(x, kept.at(i), points, count))));
    }

    /// How many elements are reduced to one.
    static long count(Set<Integer> axes, Shape shape) {
        return axes.stream().mapToLong(shape::dim).reduce(1, (a, b) -> a * b);
    }

    /// Numbers the elements of the reduced axes alone, or of the others alone.
    static StridedIndex along(Shape shape, Set<Integer> reduced, boolean wanted) {
        long[] all = shape.strides();
        List<Long> dims = new ArrayList<>();
        List<Long> strides = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (reduced.contains(axis) == wanted) {
                dims.add(shape.dim(axis));
                strides.add(all[axis]);
            }
        }
        return new StridedIndex(
                new Shape(dims), strides.stream().mapToLong(Long::longValue).toArray());
    }

    private static Bounded sum(Arithmetic arithmetic, Reduced points) {
        TensorView x = points.x();
        double sum = 0;
        double spread = 0;
        double magnitude = 0;
        for (long i = 0; i < points.count(); i++) {
            long at = points.place(i);
            double value = x.value(at);
            double bound = x.bound(at);
            sum += value;
            spread += bound;
            magnitude += Math.abs(value) + bound;
        }
        return arithmetic.sum(sum, spread, magnitude, points.count(), i -> x.value(points.place(i)));
    }

    /// The definition, but that finite elements are shifted so that none overflows even in double. A kernel that
    /// shifts likewise makes the same roundings.
    private static Bounded logSumExp(Arithmetic arithmetic, Reduced points) {
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        Bounded max = max(points);
        Bounded shift = Double.isInfinite(max.value()) || Double.isNaN(max.value()) ? Bounded.exact(0) : max;
        double sum = 0;
        double spread = 0;
        double magnitude = 0;
        LongFunction<Bounded> exponential = i -> functions.exp(arithmetic.minus(points.get(i), shift));
        for (long i = 0; i < points.count(); i++) {
            Bounded term = exponential.apply(i);
            sum += term.value();
            spread += term.bound();
            magnitude += term.magnitude();
        }
        Bounded total = arithmetic.sum(
                sum,
                spread,
                magnitude,
                points.count(),
                i -> exponential.apply(i).value());
        return arithmetic.plus(functions.log(total), shift);
    }

    private static Bounded max(Reduced points) {
        Bounded max = Bounded.exact(Double.NEGATIVE_INFINITY);
        for (long i = 0; i < points.count(); i++) {
            max = max.max(points.get(i));
        }
        return max;
    }
}
