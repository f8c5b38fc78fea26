package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.IntegerTypes;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// The oracle for reductions of integers, which wrap and never round.
public final class IntegerReduceReference {
    private IntegerReduceReference() {}

    public static void sum(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        fold(axes, inputs, outputs, 0, IntegerFunctions::plus, Spread::ofSum);
    }

    /// Without the remainder. The sum has wrapped to the type before it is divided, as a kernel's has.
    public static void mean(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        sum(axes, inputs, outputs);
        TensorView y = outputs.getFirst();
        long count = ReduceReference.count(axes, inputs.getFirst().type().shape());
        IntegerFunctions functions = functions(y);
        ParallelLoop.units(
                y.type().shape().elements(),
                i -> y.setInteger(i, functions.dividedBy(y.integer(i), count), Math.ceil(y.bound(i) / count)));
    }

    public static void product(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        fold(axes, inputs, outputs, 1, IntegerFunctions::times, Spread::ofProduct);
    }

    public static void max(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        long least = IntegerLimits.least(outputs.getFirst().type().element());
        fold(axes, inputs, outputs, least, IntegerFunctions::max, Spread::ofExtreme);
    }

    public static void min(Set<Integer> axes, List<TensorView> inputs, List<TensorView> outputs) {
        long greatest = IntegerLimits.greatest(outputs.getFirst().type().element());
        fold(axes, inputs, outputs, greatest, IntegerFunctions::min, Spread::ofExtreme);
    }

    /// @param ofNothing what no element gives
    /// @param bound how far a result may lie from another
    private static void fold(
            Set<Integer> axes,
            List<TensorView> inputs,
            List<TensorView> outputs,
            long ofNothing,
            IntegerFunctions.OfTwo combined,
            ToDoubleFunction<Spread> bound) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = x.type().shape();
        StridedIndex kept = ReduceReference.along(shape, axes, false);
        StridedIndex points = ReduceReference.along(shape, axes, true);
        long count = ReduceReference.count(axes, shape);
        IntegerFunctions functions = functions(y);
        ParallelLoop.units(y.type().shape().elements(), i -> {
            long base = kept.at(i);
            long result = ofNothing;
            Spread spread = new Spread(y.type().element());
            for (long k = 0; k < count; k++) {
                long at = base + points.at(k);
                result = combined.apply(functions, result, x.integer(at));
                spread.add(Math.abs(x.value(at)), x.bound(at));
            }
            y.setInteger(i, result, bound.applyAsDouble(spread));
        });
    }

    /// How far numbers may lie from others within their bounds.
    private static final class Spread {
        private final ElementType element;
        private double sum;
        private double largest;
        private double magnitudes;

        Spread(ElementType element) {
            this.element = element;
        }

        void add(double magnitude, double bound) {
            sum += bound;
            largest = Math.max(largest, bound);
            magnitudes += magnitude + bound;
        }

        /// What may wrap may be anything.
        double ofSum() {
            boolean mayWrap = magnitudes > IntegerTypes.largest(element) || IntegerTypes.least(element) == 0;
            return sum > 0 && mayWrap ? Double.POSITIVE_INFINITY : sum;
        }

        double ofExtreme() {
            return largest;
        }

        double ofProduct() {
            return largest > 0 ? Double.POSITIVE_INFINITY : 0;
        }
    }

    private static IntegerFunctions functions(TensorView y) {
        return new IntegerFunctions(y.type().element() == ElementType.UINT64);
    }
}
