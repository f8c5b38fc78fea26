package dev.sinter.ir.reference;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Reduce;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.Set;

/// The oracle for reductions of integers, which wrap and never round.
public final class IntegerReduceReference {
    private IntegerReduceReference() {}

    public static void evaluate(
            Reduce.Kind kind, Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = x.type().shape();
        StridedIndex kept = ReduceReference.along(shape, axes, false);
        StridedIndex points = ReduceReference.along(shape, axes, true);
        long count = axes.stream().mapToLong(shape::dim).reduce(1, (a, b) -> a * b);
        ElementType element = y.type().element();
        IntegerFunctions functions = new IntegerFunctions(element == ElementType.UINT64);
        ParallelLoop.units(y.type().shape().elements(), i -> {
            long base = kept.at(i);
            long result = ofNothing(kind, element);
            Spread spread = new Spread();
            for (long k = 0; k < count; k++) {
                long at = base + points.at(k);
                result = combined(kind, functions, result, x.integer(at));
                spread.add(Math.abs(x.value(at)), x.bound(at));
            }
            double bound = spread.of(kind, IntegerTypes.largest(element), IntegerTypes.least(element));
            y.setInteger(i, result, bound);
            if (kind == Reduce.Kind.MEAN) {
                // The sum has wrapped to the type by now, as a kernel's has.
                y.setInteger(i, functions.dividedBy(y.integer(i), count), bound == 0 ? 0 : Math.ceil(bound / count));
            }
        });
    }

    /// How far a result lies from another of numbers within their bounds.
    private static final class Spread {
        private double sum;
        private double largest;
        private double magnitudes;

        void add(double magnitude, double bound) {
            sum += bound;
            largest = Math.max(largest, bound);
            magnitudes += magnitude + bound;
        }

        /// Sums that may wrap may be anything, as may products.
        double of(Reduce.Kind kind, double greatest, double least) {
            return switch (kind) {
                case MAX, MIN -> largest;
                case SUM, MEAN -> sum > 0 && (magnitudes > greatest || least == 0) ? Double.POSITIVE_INFINITY : sum;
                case PROD, LOG_SUM_EXP -> largest > 0 ? Double.POSITIVE_INFINITY : 0;
            };
        }
    }

    private static long ofNothing(Reduce.Kind kind, ElementType element) {
        return switch (kind) {
            case SUM, MEAN -> 0;
            case PROD -> 1;
            case MAX -> IntegerLimits.least(element);
            case MIN -> IntegerLimits.greatest(element);
            case LOG_SUM_EXP -> throw new CompilerFault(kind + " of integers");
        };
    }

    private static long combined(Reduce.Kind kind, IntegerFunctions functions, long a, long b) {
        return switch (kind) {
            case SUM, MEAN -> functions.plus(a, b);
            case PROD -> functions.times(a, b);
            case MAX -> functions.max(a, b);
            case MIN -> functions.min(a, b);
            case LOG_SUM_EXP -> throw new CompilerFault(kind + " of integers");
        };
    }
}
