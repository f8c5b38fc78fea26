package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.Set;

/// The oracle for reductions of integers, which wrap and never round.
public final class IntegerReduceReference {
    private IntegerReduceReference() {}

    public static void sum(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        fold(axes, inputs, outputs, 0, IntegerFunctions::plus);
    }

    /// Without the remainder. The sum has wrapped to the type before it is divided, as a kernel's has.
    public static void mean(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        sum(axes, inputs, outputs);
        TensorView y = outputs.getFirst();
        long count = count(axes, inputs.getFirst().type().shape());
        IntegerFunctions functions = functions(y);
        ParallelLoop.units(y.type().shape().elements(), i -> y.setInteger(i, functions.dividedBy(y.integer(i), count)));
    }

    public static void product(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        fold(axes, inputs, outputs, 1, IntegerFunctions::times);
    }

    public static void max(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        long least = IntegerLimits.least(outputs.getFirst().type().element());
        fold(axes, inputs, outputs, least, IntegerFunctions::max);
    }

    public static void min(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        long greatest = IntegerLimits.greatest(outputs.getFirst().type().element());
        fold(axes, inputs, outputs, greatest, IntegerFunctions::min);
    }

    /// @param ofNothing what no element gives
    private static void fold(
            Set<Integer> axes,
            List<TensorView> inputs,
            List<TensorView> outputs,
            long ofNothing,
            IntegerFunctions.OfTwo combined) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = x.type().shape();
        StridedIndex kept = ReduceReference.along(shape, axes, false);
        StridedIndex points = ReduceReference.along(shape, axes, true);
        long count = count(axes, shape);
        IntegerFunctions functions = functions(y);
        ParallelLoop.units(y.type().shape().elements(), i -> {
            long base = kept.at(i);
            long result = ofNothing;
            for (long k = 0; k < count; k++) {
                result = combined.apply(functions, result, x.integer(base + points.at(k)));
            }
            y.setInteger(i, result);
        });
    }

    private static long count(Set<Integer> axes, Shape shape) {
        return axes.stream().mapToLong(shape::dim).reduce(1, (a, b) -> a * b);
    }

    private static IntegerFunctions functions(TensorView y) {
        return new IntegerFunctions(y.type().element() == ElementType.UINT64);
    }
}
