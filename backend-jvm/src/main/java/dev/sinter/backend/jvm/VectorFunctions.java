package dev.sinter.backend.jvm;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;

/// Functions of vectors that the Vector API does not have, or whose bits would depend on whether HotSpot has compiled
/// the caller already: it has vector forms of its own for exp and others.
final class VectorFunctions {
    private VectorFunctions() {}

    static FloatVector exp(FloatVector x) {
        return map(x, Math::exp);
    }

    static FloatVector log(FloatVector x) {
        return map(x, Math::log);
    }

    static FloatVector tanh(FloatVector x) {
        return map(x, Math::tanh);
    }

    static FloatVector erf(FloatVector x) {
        return map(x, ErrorFunction::erf);
    }

    static FloatVector floor(FloatVector x) {
        return map(x, Math::floor);
    }

    static FloatVector ceil(FloatVector x) {
        return map(x, Math::ceil);
    }

    static FloatVector roundEven(FloatVector x) {
        return map(x, Math::rint);
    }

    static FloatVector power(FloatVector base, FloatVector exponent) {
        float[] values = base.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = ScalarFunctions.power(values[lane], exponent.lane(lane));
        }
        return FloatVector.fromArray(base.species(), values, 0);
    }

    private static FloatVector map(FloatVector x, DoubleUnaryOperator function) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) function.applyAsDouble(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }
}
