package dev.sinter.backend.jvm;

/// What printed code calls where the JVM has no instruction. MAX and MIN keep NaN, and the first of two zeros.
final class ScalarFunctions {
    private ScalarFunctions() {}

    static float larger(float a, float b) {
        return a < b || Float.isNaN(b) ? b : a;
    }

    static double larger(double a, double b) {
        return a < b || Double.isNaN(b) ? b : a;
    }

    static int larger(int a, int b) {
        return Math.max(a, b);
    }

    static long larger(long a, long b) {
        return Math.max(a, b);
    }

    static int largerUnsigned(int a, int b) {
        return Integer.compareUnsigned(a, b) < 0 ? b : a;
    }

    static long largerUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) < 0 ? b : a;
    }

    static float smaller(float a, float b) {
        return a > b || Float.isNaN(b) ? b : a;
    }

    static double smaller(double a, double b) {
        return a > b || Double.isNaN(b) ? b : a;
    }

    static int smaller(int a, int b) {
        return Math.min(a, b);
    }

    static long smaller(long a, long b) {
        return Math.min(a, b);
    }

    static int smallerUnsigned(int a, int b) {
        return Integer.compareUnsigned(a, b) > 0 ? b : a;
    }

    static long smallerUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) > 0 ? b : a;
    }

    /// Division by zero is undefined in a kernel and must not end it.
    static int divide(int a, int b) {
        return b == 0 ? 0 : a / b;
    }

    static long divide(long a, long b) {
        return b == 0 ? 0 : a / b;
    }

    static int divideUnsigned(int a, int b) {
        return b == 0 ? 0 : Integer.divideUnsigned(a, b);
    }

    static long divideUnsigned(long a, long b) {
        return b == 0 ? 0 : Long.divideUnsigned(a, b);
    }

    static int truth(int value) {
        return value != 0 ? 1 : 0;
    }

    static int truth(long value) {
        return value != 0 ? 1 : 0;
    }

    static int truth(float value) {
        return value != 0 ? 1 : 0;
    }

    static int truth(double value) {
        return value != 0 ? 1 : 0;
    }

    static double unsignedToDouble(long bits) {
        return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
    }

    /// NaN is 0, what is beyond is the nearest there is, and negative numbers wrap.
    static long toUnsigned(double value) {
        if (!(value >= 0x1p63)) {
            return (long) value;
        }
        return value >= 0x1p64 ? -1 : (long) (value - 0x1p63) + Long.MIN_VALUE;
    }

    /// The exponent's bits alone.
    static float leadingPower(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) & 0x7f80_0000);
    }

    static float power(float base, float exponent) {
        return (float) power((double) base, (double) exponent);
    }

    /// As C has it, which differs from Java: 1 to any power is 1, and so is -1 to an infinite one.
    static double power(double base, double exponent) {
        return base == 1 || base == -1 && Double.isInfinite(exponent) ? 1 : Math.pow(base, exponent);
    }

    static double erf(double x) {
        return ErrorFunctionTable.erf(x);
    }
}
