package dev.sinter.backend.jvm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Functions of vectors. The Vector API has exp and others too, but what they yield depends on whether HotSpot has
/// compiled the caller already; these give the same bits always.
///
/// Printed classes have copies of the methods that they use (see [FunctionCopies]): HotSpot then sees vectors of one
/// shape in each, also where it does not inline them. So methods here use nothing but constants, each other, and the
/// Vector API: no fields, no lambdas.
///
/// Errors, in units in the last place: [#exp] below 1 and [#tanh] below 2 (tested against [Math]); the others are
/// rounded from [Math]'s doubles, which leaves just over 0.5.
@SuppressWarnings("FloatingPointLiteralPrecision") // Coefficients have the nine digits that tell floats apart.
final class VectorFunctions {
    /// Added to a number below 2^22, it leaves the nearest integer in the last bits.
    private static final float ROUNDER = 0x1.8p23f;

    private static final int ROUNDER_BITS = 0x4b400000;

    /// From here on every float is a whole number.
    private static final float WHOLE = 0x1p23f;

    private static final int SIGN = 0x8000_0000;

    private static final float LOG2_E = 1.442695f;

    /// ln 2 in two parts, the first with the bits of a float.
    private static final float LN2_HIGH = 0.6931472f;

    private static final float LN2_LOW = -1.9046543e-9f;

    /// exp is 0 below the first and infinite above the second.
    private static final float EXP_LOWEST = -104;

    private static final float EXP_HIGHEST = 89;

    private static final int EXPONENT_BIAS = 127;
    private static final int EXPONENT_SHIFT = 23;

    /// Up to here tanh is a polynomial: with exp it would lose bits to a difference.
    private static final float TANH_SMALL = 0.7f;

    private VectorFunctions() {}

    /// exp(x) = 2ⁿ exp(r) with |r| ≤ ln 2 / 2; exp(r) by a minimax polynomial (relative error 4e-9).
    static FloatVector exp(FloatVector x) {
        FloatVector inRange = x.blend(EXP_LOWEST, x.compare(VectorOperators.LT, EXP_LOWEST))
                .blend(EXP_HIGHEST, x.compare(VectorOperators.GT, EXP_HIGHEST));
        FloatVector shifted = inRange.fma(x.broadcast(LOG2_E), x.broadcast(ROUNDER));
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector r = n.fma(x.broadcast(-LN2_LOW), n.fma(x.broadcast(-LN2_HIGH), inRange));
        FloatVector sum = r.fma(x.broadcast(0.0013813144f), x.broadcast(0.008369419f))
                .fma(r, x.broadcast(0.041668456f))
                .fma(r, x.broadcast(0.16666515f))
                .fma(r, x.broadcast(0.49999993f))
                .fma(r.mul(r), r)
                .add(1);
        // In two steps, since 2ⁿ itself may be too large or too small for a float.
        IntVector power = shifted.reinterpretAsInts().sub(ROUNDER_BITS);
        IntVector half = power.lanewise(VectorOperators.ASHR, 1);
        return sum.mul(powerOfTwo(half)).mul(powerOfTwo(power.sub(half)));
    }

    private static FloatVector powerOfTwo(IntVector exponent) {
        return exponent.add(EXPONENT_BIAS)
                .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                .reinterpretAsFloats();
    }

    /// x (1 + x² p(x²)) near zero, with a minimax polynomial p; beyond, 1 - 2 / (exp(2|x|) + 1) with the sign of x.
    static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector square = x.mul(x);
        FloatVector small = square.fma(x.broadcast(0.0018790424f), x.broadcast(-0.0078618685f))
                .fma(square, x.broadcast(0.021560953f))
                .fma(square, x.broadcast(-0.053918842f))
                .fma(square, x.broadcast(0.13332965f))
                .fma(square, x.broadcast(-0.33333324f))
                .fma(square, x.broadcast(1))
                .mul(x);
        FloatVector large =
                x.broadcast(1).sub(x.broadcast(2).div(exp(size.add(size)).add(1)));
        VectorMask<Float> isSmall = size.compare(VectorOperators.LT, TANH_SMALL);
        return large.blend(large.neg(), x.compare(VectorOperators.LT, 0)).blend(small, isSmall);
    }

    static FloatVector log(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.log(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector erf(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) ErrorFunctionTable.erf(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector floor(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.floor(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector ceil(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.ceil(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    /// As [Math#rint]: from 2^23 on all floats are whole, and a sum of that size has no bits for a fraction.
    static FloatVector roundEven(FloatVector x) {
        FloatVector size = x.abs();
        IntVector sign = x.reinterpretAsInts().and(SIGN);
        FloatVector whole = size.add(WHOLE).sub(WHOLE);
        FloatVector signed = whole.reinterpretAsInts().or(sign).reinterpretAsFloats();
        return x.blend(signed, size.compare(VectorOperators.LT, WHOLE));
    }

    /// The exponent's bits alone.
    static FloatVector leadingPower(FloatVector x) {
        return x.reinterpretAsInts().and(0x7f80_0000).reinterpretAsFloats();
    }

    static FloatVector power(FloatVector base, FloatVector exponent) {
        float[] values = base.toArray();
        float[] exponents = exponent.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = ScalarFunctions.power(values[lane], exponents[lane]);
        }
        return FloatVector.fromArray(base.species(), values, 0);
    }

    /// The numbers at `base`, `base + stride`, …
    static FloatVector gather(VectorSpecies<Float> species, float[] array, int base, int stride) {
        float[] values = new float[species.length()];
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = array[base + lane * stride];
        }
        return FloatVector.fromArray(species, values, 0);
    }

    /// Stores the lanes from `from` to `until - 1`, as far as there are such, lane i at `base + i · stride`.
    static void scatter(FloatVector vector, float[] array, int base, int stride, int from, int until) {
        float[] values = vector.toArray();
        int end = Math.min(until, values.length);
        for (int lane = Math.max(from, 0); lane < end; lane++) {
            array[base + lane * stride] = values[lane];
        }
    }
}
