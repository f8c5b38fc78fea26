package dev.sinter.backend.jvm;

import jdk.incubator.vector.FloatVector;

/// Functions of vectors that go through the lanes one by one. As with [VectorFunctions], printed classes have copies of
/// those that they use. Each is rounded from a double that is right to a few units in its last place, which leaves just
/// over half a unit of a float's.
final class LaneFunctions {
    private LaneFunctions() {}

    static FloatVector sin(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.sin(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector cos(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.cos(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector tan(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.tan(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector asin(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.asin(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector acos(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.acos(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector atan(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.atan(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector sinh(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.sinh(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector cosh(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) Math.cosh(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector asinh(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) ScalarFunctions.asinh(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector acosh(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) ScalarFunctions.acosh(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector atanh(FloatVector x) {
        float[] values = x.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = (float) ScalarFunctions.atanh(values[lane]);
        }
        return FloatVector.fromArray(x.species(), values, 0);
    }

    static FloatVector remainder(FloatVector a, FloatVector b) {
        float[] values = a.toArray();
        float[] divisors = b.toArray();
        for (int lane = 0; lane < values.length; lane++) {
            values[lane] = values[lane] % divisors[lane];
        }
        return FloatVector.fromArray(a.species(), values, 0);
    }
}
