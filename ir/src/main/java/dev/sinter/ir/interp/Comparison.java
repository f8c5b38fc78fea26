package dev.sinter.ir.interp;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A device's tensor beside an oracle's view, element by element.
///
/// @param beyond how many elements are farther off than their bound
/// @param first the first of these, or -1
record Comparison(
        Tensor device, TensorView oracle, long beyond, long first, long unbounded, double error, double ratio) {
    private static final double HALF_ROUNDS_TO_INFINITY = 65520;

    static Comparison of(Tensor device, TensorView oracle) {
        if (!device.type().equals(oracle.type())) {
            throw new CompilerFault(
                    "the device's tensor is " + device.type() + " but the oracle's is " + oracle.type());
        }
        long beyond = 0;
        long first = -1;
        long unbounded = 0;
        double largestError = 0;
        double largestRatio = 0;
        long elements = device.shape().elements();
        for (long i = 0; i < elements; i++) {
            double bound = oracle.bound(i);
            if (bound == Double.POSITIVE_INFINITY) {
                unbounded++;
                continue;
            }
            double error = error(device, oracle, i);
            if (error > 0) {
                largestError = Math.max(largestError, error);
                largestRatio = Math.max(largestRatio, error / bound);
            }
            if (error > bound || error == Double.POSITIVE_INFINITY) {
                beyond++;
                first = first < 0 ? i : first;
            }
        }
        return new Comparison(device, oracle, beyond, first, unbounded, largestError, largestRatio);
    }

    /// The distance of two elements; infinite if one is NaN or infinite and the other is not of that kind.
    private static double error(Tensor device, TensorView oracle, long i) {
        if (!device.type().element().isFloating()) {
            return device.getLong(i) == oracle.integer(i) ? 0 : integerError(device.get(i), oracle.value(i));
        }
        double found = device.get(i);
        double expected = oracle.value(i);
        if (Double.isFinite(found) && Double.isFinite(expected)) {
            return Math.abs(found - expected);
        }
        boolean sameKind = Double.isNaN(found) && Double.isNaN(expected)
                || found == expected
                || Double.isInfinite(found)
                        && Math.signum(found) == Math.signum(expected)
                        && roundsToInfinity(device.type().element(), Math.abs(expected) + oracle.bound(i));
        return sameKind ? 0 : Double.POSITIVE_INFINITY;
    }

    /// Different longs may be equal as doubles.
    private static double integerError(double found, double expected) {
        return Math.max(1, Math.abs(found - expected));
    }

    private static boolean roundsToInfinity(ElementType type, double magnitude) {
        return switch (type) {
            case FLOAT16 -> magnitude >= HALF_ROUNDS_TO_INFINITY;
            case FLOAT32 -> Float.isInfinite((float) magnitude);
            case FLOAT64 -> Double.isInfinite(magnitude);
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, BOOL -> false;
        };
    }

    /// @param worst the view whose bounds always hold
    /// @param likely the view whose bounds very likely hold
    Judgement judgement(Verdict verdict, TensorView worst, TensorView likely) {
        Optional<Deviation> deviation = first < 0 ? Optional.empty() : Optional.of(deviation(worst, likely));
        return new Judgement(verdict, device.shape().elements(), beyond, unbounded, error, ratio, deviation);
    }

    private Deviation deviation(TensorView worst, TensorView likely) {
        boolean floating = device.type().element().isFloating();
        return new Deviation(
                coordinates(device.shape(), first),
                floating ? (Number) device.get(first) : (Number) device.getLong(first),
                floating ? (Number) oracle.value(first) : (Number) oracle.integer(first),
                worst.bound(first),
                likely.bound(first));
    }

    private static List<Long> coordinates(Shape shape, long element) {
        List<Long> coordinates = new ArrayList<>();
        long rest = element;
        for (long stride : shape.strides()) {
            coordinates.add(stride == 0 ? 0 : rest / stride);
            rest = stride == 0 ? rest : rest % stride;
        }
        return coordinates;
    }
}
