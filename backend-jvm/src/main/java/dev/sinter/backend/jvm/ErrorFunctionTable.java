package dev.sinter.backend.jvm;

/// erf by Taylor series around the nearest of evenly spaced points, whose values are computed once.
final class ErrorFunctionTable {
    /// erf rounds to 1 from here on.
    private static final int SATURATED = 6;

    private static final int POINTS_PER_UNIT = 32;

    /// At half a step from a point the first term left out is below 2^-70 of the sum.
    private static final int TERMS = 12;

    private static final double[] VALUES = new double[SATURATED * POINTS_PER_UNIT + 1];
    private static final double[] SLOPES = new double[VALUES.length];

    static {
        for (int point = 0; point < VALUES.length; point++) {
            double x = (double) point / POINTS_PER_UNIT;
            SLOPES[point] = 2 / Math.sqrt(Math.PI) * Math.exp(-x * x);
            VALUES[point] = SLOPES[point] * seriesOfPositiveTerms(x);
        }
    }

    private ErrorFunctionTable() {}

    /// Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)) (Abramowitz and Stegun 7.1.6).
    private static double seriesOfPositiveTerms(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > Math.ulp(sum) / 4; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return sum;
    }

    static double erf(double x) {
        double size = Math.abs(x);
        if (!(size < SATURATED)) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        int point = (int) Math.rint(size * POINTS_PER_UNIT);
        double at = (double) point / POINTS_PER_UNIT;
        double step = size - at;
        // From f'' = -2x f': the coefficients of the powers of the step.
        double before = SLOPES[point];
        double coefficient = -at * before;
        double power = step;
        double change = before * step;
        for (int n = 2; n <= TERMS; n++) {
            power *= step;
            change += coefficient * power;
            double next = -2 * (at * n * coefficient + (n - 1) * before) / (n * (n + 1));
            before = coefficient;
            coefficient = next;
        }
        return Math.copySign(VALUES[point] + change, x);
    }
}
