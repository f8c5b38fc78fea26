package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import java.util.List;

/// The oracle for functions that jump where an element passes a threshold.
public final class ThresholdReference {
    private final Arithmetic arithmetic;

    private ThresholdReference(Rounding rounding, TensorView output) {
        this.arithmetic = new Arithmetic(rounding, output.type().element());
    }

    public static void relu(double alpha, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        ThresholdReference thresholds = new ThresholdReference(rounding, y);
        double threshold = thresholds.arithmetic.roundedConstant(alpha);
        ParallelLoop.elements(y.type().shape().elements(), i -> y.set(i, thresholds.relu(x.get(i), threshold)));
    }

    private Bounded relu(Bounded x, double threshold) {
        Bounded zero = Bounded.exact(0);
        return crosses(x, threshold)
                ? either(x, x.value() > threshold ? x : zero, x, zero)
                : x.value() > threshold ? x : zero;
    }

    public static void shrink(
            double lambda, double bias, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        ThresholdReference thresholds = new ThresholdReference(rounding, y);
        double threshold = thresholds.arithmetic.roundedConstant(lambda);
        Bounded by = thresholds.arithmetic.constant(bias);
        ParallelLoop.elements(y.type().shape().elements(), i -> y.set(i, thresholds.shrunk(x.get(i), threshold, by)));
    }

    private Bounded shrunk(Bounded x, double threshold, Bounded by) {
        Bounded below = arithmetic.stored(arithmetic.plus(x, by));
        Bounded above = arithmetic.stored(arithmetic.minus(x, by));
        Bounded zero = Bounded.exact(0);
        Bounded result = x.value() < -threshold ? below : x.value() > threshold ? above : zero;
        return crosses(x, threshold) || crosses(x, -threshold) ? either(x, result, below, above, zero) : result;
    }

    private boolean crosses(Bounded operand, double threshold) {
        Bounded x = arithmetic.read(operand);
        return x.isUnknown() || x.bound() > 0 && Math.abs(x.value() - threshold) <= x.bound();
    }

    /// What comes out if it is open on which side of a threshold x lies.
    private static Bounded either(Bounded x, Bounded result, Bounded... others) {
        if (x.isUnknown()) {
            return Bounded.unknown(result.value());
        }
        double bound = 0;
        for (Bounded other : others) {
            bound = Math.max(bound, Math.abs(other.value() - result.value()) + other.bound());
        }
        return new Bounded(result.value(), bound);
    }
}
