package dev.sinter.ir.op;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.ElementaryFunctions;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for normalisations at inference.
final class NormalizationReference {
    /// A batch normalisation that is folded into what it reads computes x · f + (bias - mean · f), with f = scale / σ:
    /// each of the three terms is rounded by itself, where x and the mean may have cancelled. The third rounding is for
    /// a factor that was rounded for the weights and for the bias apart.
    private static final int FOLDED_ROUNDINGS = 3;

    private NormalizationReference() {}

    static void batch(BatchNormalization op, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        long channels = shape.dim(1);
        long plane = shape.strides()[1];
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        Bounded epsilon = arithmetic.constant(op.epsilon());
        Sweep.units(shape.dim(0) * channels, unit -> {
            long channel = unit % channels;
            Bounded bias = inputs.get(2).get(channel);
            Bounded mean = inputs.get(3).get(channel);
            Bounded deviation = functions.sqrt(arithmetic.plus(inputs.get(4).get(channel), epsilon));
            Bounded factor = arithmetic.dividedBy(inputs.get(1).get(channel), deviation);
            for (long i = unit * plane; i < (unit + 1) * plane; i++) {
                y.set(i, arithmetic.stored(normalised(arithmetic, x.get(i), mean, factor, bias)));
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

    static void lrn(Lrn op, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        long channels = shape.dim(1);
        long plane = shape.strides()[1];
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        Bounded bias = arithmetic.constant(op.bias());
        Bounded beta = arithmetic.constant(op.beta());
        // alpha / size may be rounded as a whole, or alpha and the quotient apart.
        Bounded factor = arithmetic.folded(op.alpha() / op.size(), 2);
        long before = (op.size() - 1) / 2;
        long after = op.size() - 1 - before;
        Sweep.elements(shape.elements(), i -> {
            long channel = i / plane % channels;
            long first = Math.max(0, channel - before);
            long last = Math.min(channels - 1, channel + after);
            double value = 0;
            double upper = 0;
            for (long other = first; other <= last; other++) {
                Bounded element = x.get(i + (other - channel) * plane);
                value += element.value() * element.value();
                upper += element.magnitude() * element.magnitude();
            }
            Bounded squares = arithmetic.dotProduct(value, upper - value, upper, last - first + 1, 0);
            Bounded base = arithmetic.plus(bias, arithmetic.times(factor, squares));
            y.set(i, arithmetic.stored(arithmetic.dividedBy(x.get(i), functions.pow(base, beta))));
        });
    }
}
