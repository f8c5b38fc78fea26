package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.ElementaryFunctions;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for batch normalisation at inference.
public final class BatchNormalizationReference {
    /// A batch normalisation that is folded into what it reads computes x · f + (bias - mean · f), with f = scale / σ:
    /// each of the three terms is rounded by itself, where x and the mean may have cancelled. The third rounding is for
    /// a factor that was rounded for the weights and for the bias apart.
    private static final int FOLDED_ROUNDINGS = 3;

    private BatchNormalizationReference() {}

    public static void evaluate(double epsilon, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        long channels = shape.dim(1);
        long plane = shape.strides()[1];
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        Bounded added = arithmetic.constant(epsilon);
        ParallelLoop.units(shape.dim(0) * channels, unit -> {
            long channel = unit % channels;
            Bounded bias = inputs.get(2).get(channel);
            Bounded mean = inputs.get(3).get(channel);
            Bounded deviation = functions.sqrt(arithmetic.plus(inputs.get(4).get(channel), added));
            Bounded factor = arithmetic.dividedBy(inputs.get(1).get(channel), deviation);
            for (long i = unit * plane; i < (unit + 1) * plane; i++) {
                Bounded result = normalised(arithmetic, x.get(i), mean, factor, bias);
                // A kernel that divides first, and then scales down, may overflow on the way.
                boolean overflows = !arithmetic.holds(x.get(i).magnitude() + mean.magnitude(), deviation);
                y.set(i, overflows ? Bounded.unknown(result.value()) : arithmetic.stored(result));
            }
        });
    }

    private static Bounded normalised(Arithmetic arithmetic, Bounded x, Bounded mean, Bounded factor, Bounded bias) {
        Bounded result = arithmetic.plus(arithmetic.times(arithmetic.minus(x, mean), factor), bias);
        if (!Double.isFinite(result.value())) {
            return result;
        }
        double terms = factor.magnitude() * (x.magnitude() + mean.magnitude()) + bias.magnitude();
        return new Bounded(result.value(), result.bound() + arithmetic.roundings(FOLDED_ROUNDINGS, terms));
    }
}
