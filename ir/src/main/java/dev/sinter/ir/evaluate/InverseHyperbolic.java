package dev.sinter.ir.evaluate;

/// The inverse hyperbolic functions, all by asinh, which is where sinh takes the value: by Newton's method. Slow, and
/// on purpose not how the oracle has them.
final class InverseHyperbolic {
    private static final int STEPS = 4;

    /// Beyond, sinh and half of exp are one, and the square of the number may be too large.
    private static final double LARGE = 1e100;

    private InverseHyperbolic() {}

    static double asinh(double x) {
        double size = Math.abs(x);
        if (!(size < LARGE)) {
            return x < 0 ? -doubledLog(size) : doubledLog(size);
        }
        double y = size < 1 ? size : Math.log(size + Math.sqrt(size * size + 1));
        for (int step = 0; step < STEPS; step++) {
            y -= (Math.sinh(y) - size) / Math.cosh(y);
        }
        return Math.copySign(y, x);
    }

    private static double doubledLog(double x) {
        return Math.log(x) + Math.log(2);
    }

    static double acosh(double x) {
        return x < LARGE ? asinh(Math.sqrt(x - 1) * Math.sqrt(x + 1)) : doubledLog(x);
    }

    static double atanh(double x) {
        return asinh(x / Math.sqrt((1 - x) * (1 + x)));
    }
}
