package dev.sinter.ir.reference;

import dev.sinter.ir.numeric.Arithmetic;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// The oracle for weighted sums of slices.
public final class ResampleReference {
    private ResampleReference() {}

    public static void sums(long axis, Rounding rounding, List<TensorView> inputs, List<TensorView> outputs) {
        TensorView x = inputs.get(0);
        TensorView indices = inputs.get(1);
        TensorView weights = inputs.get(2);
        TensorView y = outputs.getFirst();
        Shape shape = x.type().shape();
        Shape resampled = y.type().shape();
        int along = shape.normaliseAxis(axis);
        long extent = shape.dim(along);
        long outputExtent = resampled.dim(along);
        int taps = Math.toIntExact(indices.type().shape().dim(1));
        long inner = along == shape.rank() - 1 ? 1 : resampled.strides()[along];
        Arithmetic arithmetic = new Arithmetic(rounding, y.type().element());
        ParallelLoop.elements(resampled.elements(), i -> {
            long output = i / inner % outputExtent;
            long outer = i / inner / outputExtent;
            double sum = 0;
            double spread = 0;
            double magnitude = 0;
            for (int tap = 0; tap < taps; tap++) {
                long index = indices.integer(output * taps + tap);
                long place = Math.clamp(index < 0 ? index + extent : index, 0, extent - 1);
                long source = (outer * extent + place) * inner + i % inner;
                double weight = weights.value(output * taps + tap);
                double weightBound = weights.bound(output * taps + tap);
                sum += weight * x.value(source);
                spread += Math.abs(weight) * x.bound(source)
                        + weightBound * (Math.abs(x.value(source)) + x.bound(source));
                magnitude += (Math.abs(weight) + weightBound) * (Math.abs(x.value(source)) + x.bound(source));
            }
            y.set(i, arithmetic.stored(arithmetic.dotProduct(sum, spread, magnitude, taps, 0)));
        });
    }
}
