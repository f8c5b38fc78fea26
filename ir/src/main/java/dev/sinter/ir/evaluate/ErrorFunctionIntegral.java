package dev.sinter.ir.evaluate;

/// erf(x) = 2/√π · ∫₀ˣ exp(-t²) dt by Gauss-Legendre quadrature with five points (Abramowitz and Stegun, table 25.4) on
/// stretches of at most 1/8, whose error stays below 10⁻¹⁷ there. Slow, and on purpose not how the oracle has it.
final class ErrorFunctionIntegral {
    /// erf rounds to 1 from here on.
    private static final double SATURATED = 6;

    private static final double STRETCHES_PER_UNIT = 8;

    private static final double[] POINTS = {0, 0.538469310105683091, 0.906179845938663993};
    private static final double[] WEIGHTS = {0.568888888888888889, 0.478628670499366468, 0.236926885056189088};

    private ErrorFunctionIntegral() {}

    static double erf(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (Math.abs(x) >= SATURATED) {
            return Math.signum(x);
        }
        int stretches = Math.max(1, (int) Math.ceil(Math.abs(x) * STRETCHES_PER_UNIT));
        double half = x / stretches / 2;
        double sum = 0;
        // The smallest parts first, so that the large ones do not swallow them.
        for (int stretch = stretches - 1; stretch >= 0; stretch--) {
            sum += half * stretch((2 * stretch + 1) * half, half);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private static double stretch(double middle, double half) {
        double sum = WEIGHTS[0] * density(middle);
        for (int point = 1; point < POINTS.length; point++) {
            double away = half * POINTS[point];
            sum += WEIGHTS[point] * (density(middle - away) + density(middle + away));
        }
        return sum;
    }

    private static double density(double t) {
        return Math.exp(-t * t);
    }
}
