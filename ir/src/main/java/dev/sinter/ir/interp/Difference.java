package dev.sinter.ir.interp;

import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.Tensor;

/// How far a device's tensor is from the oracle's over a whole network: reported, not judged.
///
/// @param largest the largest absolute difference of two finite elements
/// @param mean the mean absolute difference of the finite elements
/// @param scale the largest magnitude of the oracle's finite elements, for comparison
/// @param kinds how many elements are NaN or infinite on one side only, or infinite with different signs
public record Difference(double largest, double mean, double scale, long kinds) {
    public static Difference between(Tensor device, TensorView oracle) {
        double largest = 0;
        double sum = 0;
        double scale = 0;
        long finite = 0;
        long kinds = 0;
        long elements = device.shape().elements();
        for (long i = 0; i < elements; i++) {
            double found = device.get(i);
            double expected = oracle.value(i);
            if (Double.isFinite(expected)) {
                scale = Math.max(scale, Math.abs(expected));
            }
            if (Double.isFinite(found) && Double.isFinite(expected)) {
                double error = Math.abs(found - expected);
                largest = Math.max(largest, error);
                sum += error;
                finite++;
            } else if (Double.compare(found, expected) != 0) {
                kinds++;
            }
        }
        return new Difference(largest, finite == 0 ? 0 : sum / finite, scale, kinds);
    }
}
