package dev.sinter.backend.tornado;

/// Trigonometric and hyperbolic functions where TornadoVM's compilers do not know the library's, or call one that is
/// less exact. The same holds for methods here as for those of [DeviceFunctions].
final class DeviceTrigonometry {
    private static final double HALF_PI = 1.5707963267948966;

    /// Up to here nothing need be reduced.
    private static final double NEAR_ZERO = 0.5;

    /// A double of at least the first and below the second is a whole number, which a long holds.
    private static final double LEAST_WHOLE = 0x1p52;

    private static final double BEYOND_WHOLE = 0x1p53;

    private static final int DIGIT_BITS = 24;
    private static final double DIGIT_STEP = 0x1p24;
    private static final long DIGIT = 0xffffff;

    /// From as many digits of 2/π, what is left of a quarter turn is right to the last bit, even next to none.
    private static final int DIGITS = 8;

    /// The first term left out is below 2^-60 of the sum.
    private static final int TERMS = 10;

    private static final int ARC_TERMS = 14;

    /// Beyond, e to a number is all there is of its hyperbolic sine, and may be too large where half of it is not.
    private static final double LARGE = 700;

    private DeviceTrigonometry() {}

    static double sin(double x) {
        double result = wave(x < 0 ? -x : x, 0);
        return x < 0 ? -result : result;
    }

    static double cos(double x) {
        return wave(x < 0 ? -x : x, 1);
    }

    static double tan(double x) {
        return sin(x) / cos(x);
    }

    /// The sine of a number and some quarter turns. How many of these the number itself has is found by multiplying
    /// it by 2/π, in digits to the base 2^24, from those on that do not make whole turns (Payne and Hanek, Radian
    /// reduction for trigonometric functions, 1983).
    private static double wave(double size, int quarters) {
        if (size < NEAR_ZERO) {
            return quarters == 0 ? sineNearZero(size) : cosineNearZero(size);
        }
        if (!(size < Double.POSITIVE_INFINITY)) {
            return Double.NaN;
        }
        double scaled = size;
        int exponent = 0;
        while (scaled >= BEYOND_WHOLE * DIGIT_STEP) {
            scaled /= DIGIT_STEP;
            exponent += DIGIT_BITS;
        }
        while (scaled >= BEYOND_WHOLE) {
            scaled /= 2;
            exponent++;
        }
        while (scaled < LEAST_WHOLE) {
            scaled *= 2;
            exponent--;
        }
        long whole = (long) scaled;
        long low = whole & DIGIT;
        long middle = whole >> DIGIT_BITS & DIGIT;
        long high = whole >> 2 * DIGIT_BITS;
        // The exponent is at least -53, and for the sum of this to round down it must not be negative.
        int first = (exponent - 2 + 4 * DIGIT_BITS) / DIGIT_BITS - 4;
        long carry = 0;
        long digit0 = 0;
        long digit1 = 0;
        long digit2 = 0;
        long digit3 = 0;
        long digit4 = 0;
        long digit5 = 0;
        for (int place = first + DIGITS - 1; place >= first; place--) {
            long column = low * TwoByPi.digit(place)
                    + middle * TwoByPi.digit(place + 1)
                    + high * TwoByPi.digit(place + 2)
                    + carry;
            digit5 = digit4;
            digit4 = digit3;
            digit3 = digit2;
            digit2 = digit1;
            digit1 = digit0;
            digit0 = column & DIGIT;
            carry = column >> DIGIT_BITS;
        }
        double unit = 2;
        for (int power = exponent - DIGIT_BITS * (first + 1); power < 1; power++) {
            unit /= 2;
        }
        double head = digit0 * unit;
        long turned = (long) head;
        double rest = head - turned;
        unit /= DIGIT_STEP;
        rest += digit1 * unit;
        long more = (long) (rest + 0.5);
        turned += more;
        rest -= more;
        unit /= DIGIT_STEP;
        rest += digit2 * unit;
        unit /= DIGIT_STEP;
        rest += digit3 * unit;
        unit /= DIGIT_STEP;
        rest += digit4 * unit;
        unit /= DIGIT_STEP;
        rest += digit5 * unit;
        long quadrant = turned + quarters & 3;
        double angle = rest * HALF_PI;
        double result = (quadrant & 1) == 0 ? sineNearZero(angle) : cosineNearZero(angle);
        return quadrant < 2 ? result : -result;
    }

    /// x - x³/3! + x⁵/5! - …, from the last term on.
    private static double sineNearZero(double x) {
        double sum = 1;
        for (int n = TERMS; n >= 1; n--) {
            sum = 1 - x * x / (2 * n * (2 * n + 1)) * sum;
        }
        return x * sum;
    }

    /// 1 - x²/2! + x⁴/4! - …, likewise.
    private static double cosineNearZero(double x) {
        double sum = 1;
        for (int n = TERMS; n >= 1; n--) {
            sum = 1 - x * x / (2 * n * (2 * n - 1)) * sum;
        }
        return sum;
    }

    static double asin(double x) {
        return atan(x / Math.sqrt((1 - x) * (1 + x)));
    }

    static double acos(double x) {
        return 2 * atan(Math.sqrt((1 - x) / (1 + x)));
    }

    static double atan(double x) {
        double size = x < 0 ? -x : x;
        double result = size > 1 ? HALF_PI - arc(1 / size) : arc(size);
        return x < 0 ? -result : result;
    }

    /// The angle of a tangent up to 1: four times that of the tangent of a fourth of it, by x - x³/3 + x⁵/5 - ….
    private static double arc(double tangent) {
        double half = tangent / (1 + Math.sqrt(1 + tangent * tangent));
        double fourth = half / (1 + Math.sqrt(1 + half * half));
        double square = fourth * fourth;
        double sum = 0;
        for (int n = ARC_TERMS; n >= 0; n--) {
            sum = 1.0 / (2 * n + 1) - square * sum;
        }
        return 4 * fourth * sum;
    }

    static double sinh(double x) {
        double size = x < 0 ? -x : x;
        double result = size < 1 ? hyperbolicSineNearZero(size) : size < LARGE ? moderateSinh(size) : largeCosh(size);
        return x < 0 ? -result : result;
    }

    private static double moderateSinh(double x) {
        double power = Math.exp(x);
        return (power - 1 / power) / 2;
    }

    private static double hyperbolicSineNearZero(double x) {
        double sum = 1;
        for (int n = TERMS; n >= 1; n--) {
            sum = 1 + x * x / (2 * n * (2 * n + 1)) * sum;
        }
        return x * sum;
    }

    static double cosh(double x) {
        double size = x < 0 ? -x : x;
        if (size >= LARGE) {
            return largeCosh(size);
        }
        double power = Math.exp(size);
        return (power + 1 / power) / 2;
    }

    private static double largeCosh(double x) {
        double half = Math.exp(x / 2);
        return half / 2 * half;
    }
}
