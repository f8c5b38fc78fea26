package dev.sinter.backend.tornado;

/// Functions of numbers where TornadoVM's compilers do not know the library's, or call one that is less exact. Printed
/// classes have copies of those that they use, so methods here use nothing but each other, constants and operators: no
/// fields, no arrays, no exceptions.
final class DeviceFunctions {
    /// From here on every number is whole.
    private static final double WHOLE = 0x1p52;

    /// erf rounds to 1 from here on, and the series takes so many terms to come there.
    private static final double SATURATED = 6;

    private static final int TERMS = 110;
    private static final double TWO_BY_ROOT_PI = 1.1283791670955126;

    /// Below, e to twice the number is so near to 1 that tanh would lose bits to the difference.
    private static final double NEAR_ZERO = 0.5;

    /// The first one left out is below 2^-70 of the sum there.
    private static final int TERMS_NEAR_ZERO = 22;

    private DeviceFunctions() {}

    /// Compilers of devices make one instruction of it.
    static float fma(float a, float b, float c) {
        return a * b + c;
    }

    static double fma(double a, double b, double c) {
        return a * b + c;
    }

    static int compareUnsigned(int a, int b) {
        int x = a + Integer.MIN_VALUE;
        int y = b + Integer.MIN_VALUE;
        return x < y ? -1 : x == y ? 0 : 1;
    }

    static int compareUnsigned(long a, long b) {
        long x = a + Long.MIN_VALUE;
        long y = b + Long.MIN_VALUE;
        return x < y ? -1 : x == y ? 0 : 1;
    }

    static int compare(int a, int b) {
        return a < b ? -1 : a == b ? 0 : 1;
    }

    static int compare(long a, long b) {
        return a < b ? -1 : a == b ? 0 : 1;
    }

    static boolean isNaN(float x) {
        return !(x <= Float.POSITIVE_INFINITY);
    }

    static boolean isNaN(double x) {
        return !(x <= Double.POSITIVE_INFINITY);
    }

    static boolean isInfinite(double x) {
        return x == Double.POSITIVE_INFINITY || x == Double.NEGATIVE_INFINITY;
    }

    static int max(int a, int b) {
        return a < b ? b : a;
    }

    static int min(int a, int b) {
        return a < b ? a : b;
    }

    static long max(long a, long b) {
        return a < b ? b : a;
    }

    static long min(long a, long b) {
        return a < b ? a : b;
    }

    static int abs(int x) {
        return x < 0 ? -x : x;
    }

    static long abs(long x) {
        return x < 0 ? -x : x;
    }

    static float abs(float x) {
        return x > 0 ? x : 0 - x;
    }

    static double abs(double x) {
        return x > 0 ? x : 0 - x;
    }

    static float leadingPower(float x) {
        float size = abs(x);
        if (!(size <= Float.MAX_VALUE)) {
            return Float.POSITIVE_INFINITY;
        }
        if (size < Float.MIN_NORMAL) {
            return 0;
        }
        float power = 1;
        while (power + power <= size) {
            power += power;
        }
        while (power > size) {
            power /= 2;
        }
        return power;
    }

    static double floor(double x) {
        double whole = towardsZero(x);
        return x < whole ? whole - 1 : whole;
    }

    static double ceil(double x) {
        double whole = towardsZero(x);
        return x > whole ? whole + 1 : whole;
    }

    /// NaN, infinities and zeros stay what they are.
    private static double towardsZero(double x) {
        boolean hasFraction = x > -WHOLE && x < WHOLE && x != 0;
        return hasFraction ? (double) (long) x : x;
    }

    /// The nearest whole number, the even one of two.
    static double rint(double x) {
        if (!(x > -WHOLE && x < WHOLE) || x == 0) {
            return x;
        }
        return x > 0 ? x + WHOLE - WHOLE : x - WHOLE + WHOLE;
    }

    static double tanh(double x) {
        double size = x > 0 ? x : 0 - x;
        double result = size < NEAR_ZERO ? tanhNearZero(size) : 1 - 2 / (Math.exp(2 * size) + 1);
        return x > 0 ? result : 0 - result;
    }

    /// By d / (d + 2), with the Taylor series of d = e^(2x) - 1, whose terms are all positive.
    private static double tanhNearZero(double x) {
        double term = 1;
        double sum = 0;
        for (int n = 1; n <= TERMS_NEAR_ZERO; n++) {
            term *= 2 * x / n;
            sum += term;
        }
        return sum / (sum + 2);
    }

    /// 2/√π e^(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)), whose terms are all positive (Abramowitz and Stegun 7.1.6).
    static double erf(double x) {
        double size = x > 0 ? x : 0 - x;
        if (!(size < SATURATED)) {
            return isNaN(x) ? x : x > 0 ? 1 : -1;
        }
        double term = size;
        double sum = size;
        for (int n = 1; n <= TERMS; n++) {
            term *= 2 * size * size / (2 * n + 1);
            sum += term;
        }
        double result = TWO_BY_ROOT_PI * Math.exp(-size * size) * sum;
        return x > 0 ? result : 0 - result;
    }

    /// What is left of a once b is taken away as often as it goes into it, by its multiples by powers of two from the
    /// largest down. Every difference is exact.
    static double remainder(double a, double b) {
        double rest = a > 0 ? a : 0 - a;
        double divisor = b > 0 ? b : 0 - b;
        if (!(rest < Double.POSITIVE_INFINITY) || !(divisor > 0)) {
            return Double.NaN;
        }
        if (divisor == Double.POSITIVE_INFINITY) {
            return a;
        }
        double multiple = divisor;
        while (multiple <= rest / 2) {
            multiple *= 2;
        }
        while (multiple >= divisor) {
            if (rest >= multiple) {
                rest -= multiple;
            }
            multiple /= 2;
        }
        return a < 0 ? -rest : rest;
    }

    static int divideUnsigned(int a, int b) {
        return b == 0 ? 0 : (int) ((a & 0xffff_ffffL) / (b & 0xffff_ffffL));
    }

    /// Half of the dividend is never negative; what is missing is added, and its remainder looked at.
    static long divideUnsigned(long a, long b) {
        if (b == 0) {
            return 0;
        }
        if (b < 0) {
            return compareUnsigned(a, b) < 0 ? 0 : 1;
        }
        long quotient = (a >>> 1) / b << 1;
        return compareUnsigned(a - quotient * b, b) < 0 ? quotient : quotient + 1;
    }
}
