package dev.sinter.ir.kernel;

/// erf by its series of positive terms (Abramowitz and Stegun 7.1.6), which loses nothing to cancellation.
final class ErrorFunction {
    /// erf rounds to 1 from here on.
    private static final double SATURATED = 6;

    private ErrorFunction() {}

    static double erf(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        if (Math.abs(x) >= SATURATED) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
