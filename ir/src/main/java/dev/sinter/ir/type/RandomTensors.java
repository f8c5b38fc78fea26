package dev.sinter.ir.type;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.function.LongConsumer;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;

/// Tensors of seeded random numbers: the same seed gives the same bits on every machine and Java version.
///
/// Element i is made from the i-th number of SplitMix64 (Steele, Lea and Flood, 2014) by operations that Java defines
/// to the last bit.
public final class RandomTensors {
    private static final double TO_UNIT = 0x1p-53;
    private static final long STRETCH = 1 << 14;

    private RandomTensors() {}

    /// Weights with mean 0 and variance 2 / fanIn, which keep the size of activations from layer to layer through ReLU
    /// (He et al., 2015).
    ///
    /// @param fanIn how many products are summed to one output element
    public static Tensor heNormal(TensorType type, long fanIn, long seed) {
        if (fanIn < 1) {
            throw new IllegalArgumentException("fan-in " + fanIn + " must be at least 1");
        }
        return normal(type, 0, Math.sqrt(2.0 / fanIn), seed);
    }

    /// As above, the fan-in taken from the shape: all extents but the first, as in weights `[M, C/groups, K…]` of a
    /// convolution and `[N, K]` of a fully connected layer.
    public static Tensor heNormal(TensorType type, long seed) {
        long fanIn = 1;
        for (int axis = 1; axis < type.shape().rank(); axis++) {
            fanIn *= Math.max(1, type.shape().dim(axis));
        }
        return heNormal(type, fanIn, seed);
    }

    public static Tensor normal(TensorType type, double mean, double deviation, long seed) {
        requireFloating(type);
        return filled(type, i -> {
            // Half a step away from 0 and 1, where the quantile is infinite.
            double probability = ((bits(seed, i) >>> 12) + 0.5) * 0x1p-52;
            return mean + deviation * NormalQuantile.of(probability);
        });
    }

    /// Numbers from `lo` (inclusive) to `hi`, which rounding to the element type may reach.
    public static Tensor uniform(TensorType type, double lo, double hi, long seed) {
        requireFloating(type);
        return filled(type, i -> lo + (hi - lo) * ((bits(seed, i) >>> 11) * TO_UNIT));
    }

    private static Tensor filled(TensorType type, LongToDoubleFunction element) {
        Tensor tensor = Tensor.allocate(type);
        inParallel(tensor, i -> tensor.set(i, element.applyAsDouble(i)));
        return tensor;
    }

    /// Each element follows from its place alone, so that it does not matter who makes it.
    private static void inParallel(Tensor tensor, LongConsumer element) {
        long elements = tensor.shape().elements();
        LongStream.range(0, Math.ceilDiv(elements, STRETCH)).parallel().forEach(stretch -> {
            long end = Math.min(elements, (stretch + 1) * STRETCH);
            for (long i = stretch * STRETCH; i < end; i++) {
                element.accept(i);
            }
        });
    }

    /// Integers from `lo` to `hi`, both inclusive, in any element type.
    public static Tensor integers(TensorType type, long lo, long hi, long seed) {
        long count = Math.addExact(Math.subtractExact(hi, lo), 1);
        if (count < 1) {
            throw new IllegalArgumentException("no integers from " + lo + " to " + hi);
        }
        Tensor tensor = Tensor.allocate(type);
        inParallel(tensor, i -> tensor.setLong(i, lo + Math.unsignedMultiplyHigh(bits(seed, i), count)));
        return tensor;
    }

    /// A seed for one of several tensors, so that adding or removing one leaves the others as they are.
    public static long seedFor(long seed, String tensorName) {
        long named = seed;
        for (int i = 0; i < tensorName.length(); i++) {
            named = bits(named, tensorName.charAt(i));
        }
        return named;
    }

    private static long bits(long seed, long i) {
        long z = seed + (i + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    private static void requireFloating(TensorType type) {
        if (!type.element().isFloating()) {
            throw new CompileException(
                    Code.TYPE_ELEMENT,
                    "random tensor",
                    "real random numbers for " + type + " but a floating-point type is expected",
                    "use integers for integer types");
        }
    }
}
