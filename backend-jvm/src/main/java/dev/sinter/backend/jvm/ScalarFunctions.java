package dev.sinter.backend.jvm;

/// What printed code calls where the JVM has no instruction. MAX and MIN keep NaN, and the first of two zeros.
final class ScalarFunctions {
    /// Beyond, the square of a number and of the next one are the same.
    private static final double LARGE = 1e16;

    private static final double LOG_2 = 0.6931471805599453;

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

    /// What division leaves; nothing of one by zero.
    static int remainder(int a, int b) {
        return b == 0 ? 0 : a % b;
    }

    static long remainder(long a, long b) {
        return b == 0 ? 0 : a % b;
    }

    static int remainderUnsigned(int a, int b) {
        return b == 0 ? 0 : a - divideUnsigned(a, b) * b;
    }

    static long remainderUnsigned(long a, long b) {
        return b == 0 ? 0 : a - divideUnsigned(a, b) * b;
    }

    static float remainder(float a, float b) {
        return (float) remainder((double) a, (double) b);
    }

    static double remainder(double a, double b) {
        return a % b;
    }

    static int power(int base, int exponent) {
        return (int) power((long) base, (long) exponent);
    }

    /// A negative power of an integer is a quotient, which is zero but for bases 1 and -1.
    static long power(long base, long exponent) {
        if (exponent >= 0) {
            return powerUnsigned(base, exponent);
        }
        return base == 1 ? 1 : base == -1 ? 1 - 2 * (exponent & 1) : 0;
    }

    static int powerUnsigned(int base, int exponent) {
        return (int) powerUnsigned((long) base, exponent & 0xffff_ffffL);
    }

    /// By squares of the base: products wrap, whether they are taken as signed or not.
    static long powerUnsigned(long base, long exponent) {
        long power = 1;
        long square = base;
        long rest = exponent;
        while (rest != 0) {
            if ((rest & 1) != 0) {
                power *= square;
            }
            square *= square;
            rest >>>= 1;
        }
        return power;
    }

    /// log(x + √(x² + 1)); near zero that sum is so near to 1 that its logarithm is made of what it has above.
    static double asinh(double x) {
        double size = x < 0 ? -x : x;
        double result = size > LARGE
                ? Math.log(size) + LOG_2
                : logOfMore(size + size * size / (1 + Math.sqrt(size * size + 1)));
        return x < 0 ? -result : x == 0 ? x : result;
    }

    static double acosh(double x) {
        double above = x - 1;
        return x > LARGE ? Math.log(x) + LOG_2 : logOfMore(above + Math.sqrt(above) * Math.sqrt(x + 1));
    }

    static double atanh(double x) {
        double size = x < 0 ? -x : x;
        double result = logOfMore(2 * size / (1 - size)) / 2;
        return x < 0 ? -result : x == 0 ? x : result;
    }

    /// log(1 + x) for x of at least zero. What 1 + x rounds away, the quotient puts right (Goldberg, What every
    /// computer scientist should know about floating-point arithmetic, 1991, theorem 4).
    private static double logOfMore(double x) {
        double sum = 1 + x;
        if (sum == 1) {
            return x;
        }
        return sum > LARGE ? Math.log(sum) : Math.log(sum) * x / (sum - 1);
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
