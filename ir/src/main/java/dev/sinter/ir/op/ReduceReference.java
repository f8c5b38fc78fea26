package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.ElementaryFunctions;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The oracle for reductions along axes.
final class ReduceReference {
    private ReduceReference() {}

    static void evaluate(Reduce op, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        Set<Integer> reduced = op.normalisedAxes(x.type().shape());
        StridedIndex kept = along(x.type().shape(), reduced, false);
        StridedIndex points = along(x.type().shape(), reduced, true);
        long count =
                reduced.stream().mapToLong(axis -> x.type().shape().dim(axis)).reduce(1, (a, b) -> a * b);
        Bounded divisor = arithmetic.constant(count);
        Sweep.units(y.type().shape().elements(), i -> {
            long base = kept.at(i);
            y.set(
                    i,
                    switch (op.kind()) {
                        case SUM -> arithmetic.stored(sum(arithmetic, x, base, points, count));
                        case MEAN ->
                            arithmetic.stored(arithmetic.dividedBy(sum(arithmetic, x, base, points, count), divisor));
                        case MAX -> max(x, base, points, count);
                        case LOG_SUM_EXP -> arithmetic.stored(logSumExp(arithmetic, x, base, points, count));
                    });
        });
    }

    /// Numbers the elements of the reduced axes alone, or of the others alone.
    private static StridedIndex along(Shape shape, Set<Integer> reduced, boolean wanted) {
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

    private static Bounded sum(Arithmetic arithmetic, TensorView x, long base, StridedIndex points, long count) {
        double sum = 0;
        double spread = 0;
        double magnitude = 0;
        for (long i = 0; i < count; i++) {
            long at = base + points.at(i);
            double value = x.value(at);
            double bound = x.bound(at);
            sum += value;
            spread += bound;
            magnitude += Math.abs(value) + bound;
        }
        return arithmetic.sum(sum, spread, magnitude, count, i -> x.value(base + points.at(i)));
    }

    /// The definition, but that finite elements are shifted so that none overflows even in double. A kernel that
    /// shifts likewise makes the same roundings.
    private static Bounded logSumExp(Arithmetic arithmetic, TensorView x, long base, StridedIndex points, long count) {
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        Bounded max = max(x, base, points, count);
        Bounded shift = Double.isInfinite(max.value()) || Double.isNaN(max.value()) ? Bounded.exact(0) : max;
        double sum = 0;
        double spread = 0;
        double magnitude = 0;
        for (long i = 0; i < count; i++) {
            Bounded term = functions.exp(arithmetic.minus(x.get(base + points.at(i)), shift));
            sum += term.value();
            spread += term.bound();
            magnitude += term.magnitude();
        }
        Bounded total = arithmetic.sum(sum, spread, magnitude, count);
        return arithmetic.plus(functions.log(total), shift);
    }

    private static Bounded max(TensorView x, long base, StridedIndex points, long count) {
        Bounded max = Bounded.exact(Double.NEGATIVE_INFINITY);
        for (long i = 0; i < count; i++) {
            max = max.max(x.get(base + points.at(i)));
        }
        return max;
    }
}
