package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Bounded;
import dev.sinter.ir.numeric.ElementaryFunctions;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for local response normalisation: x / (bias + alpha / size · Σ x²)^beta, over `size` channels.
public record LrnReference(long size, double alpha, double beta, double bias) {
    public void evaluate(Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.getFirst();
        TensorView y = outputs.getFirst();
        Shape shape = y.type().shape();
        long channels = shape.dim(1);
        long plane = shape.strides()[1];
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        ElementaryFunctions functions = new ElementaryFunctions(arithmetic);
        Bounded offset = arithmetic.constant(bias);
        Bounded exponent = arithmetic.constant(beta);
        // alpha / size may be rounded as a whole, or alpha and the quotient apart.
        Bounded factor = arithmetic.folded(alpha / size, 2);
        long before = (size - 1) / 2;
        long after = size - 1 - before;
        ParallelLoop.elements(shape.elements(), i -> {
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
            Bounded base = arithmetic.plus(offset, arithmetic.times(factor, squares));
            y.set(i, arithmetic.stored(arithmetic.dividedBy(x.get(i), functions.pow(base, exponent))));
        });
    }
}
