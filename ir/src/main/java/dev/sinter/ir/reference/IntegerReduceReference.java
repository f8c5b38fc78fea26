package dev.sinter.ir.reference;

import dev.sinter.ir.diag.CompilerFault;
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
            for (long k = 0; k < count; k++) {
                result = combined(kind, functions, result, x.integer(base + points.at(k)));
            }
            y.setInteger(i, result);
            if (kind == Reduce.Kind.MEAN) {
                // The sum has wrapped to the type by now, as a kernel's has.
                y.setInteger(i, functions.dividedBy(y.integer(i), count));
            }
        });
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
