package dev.sinter.ir.numeric;

/// erf(x) = 2/√π · ∫₀ˣ exp(-t²) dt in double.
final class ErrorFunction {
    private static final double SERIES_END = 3;
    private static final double ONE_FROM = 6;
    private static final int FRACTION_DEPTH = 60;

    private ErrorFunction() {}

    static double erf(double x) {
        double magnitude = Math.abs(x);
        if (magnitude < SERIES_END) {
            return series(x);
        }
        if (magnitude >= ONE_FROM) {
            return Math.signum(x);
        }
        return Double.isNaN(x) ? x : Math.copySign(1 - complement(magnitude), x);
    }

    /// 2/√π · exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1 · 3 · … · (2n + 1)): Abramowitz and Stegun, 7.1.6. No term cancels another.
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /// exp(-x²)/√π · 1 / (x + (1/2) / (x + (2/2) / (x + (3/2) / (x + …)))): Abramowitz and Stegun, 7.1.14.
    private static double complement(double x) {
        double fraction = x;
        for (int n = FRACTION_DEPTH; n >= 1; n--) {
            fraction = x + n / 2.0 / fraction;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
    }
}
