package dev.sinter.ir.numeric;

/// The functions of one and two numbers that kernels call, with their errors: units in the last place by the OpenCL C
/// specification, "Relative error as ulps", full profile.
public final class ElementaryFunctions {
    private static final double EXP_ULP = 3;
    private static final double LOG_ULP = 3;
    private static final double SQRT_ULP = 3;
    private static final double TANH_ULP = 5;
    private static final double ERF_ULP = 16;
    private static final double POW_ULP = 16;

    private final Arithmetic arithmetic;

    public ElementaryFunctions(Arithmetic arithmetic) {
        this.arithmetic = arithmetic;
    }

    public Bounded exp(Bounded x) {
        return arithmetic.increasing(Math::exp, EXP_ULP, x);
    }

    public Bounded log(Bounded x) {
        return arithmetic.increasing(Math::log, LOG_ULP, x);
    }

    public Bounded sqrt(Bounded x) {
        return arithmetic.increasing(Math::sqrt, SQRT_ULP, x);
    }

    public Bounded tanh(Bounded x) {
        return arithmetic.increasing(Math::tanh, TANH_ULP, x);
    }

    public Bounded erf(Bounded x) {
        return arithmetic.increasing(ErrorFunction::erf, ERF_ULP, x);
    }

    /// 1 / (1 + exp(-x)). The error of exp reaches the result at most whole, then come a sum and a division; together
    /// less than 1 ulp more than exp and division. Where exp overflows a kernel yields zero.
    public Bounded sigmoid(Bounded x) {
        Bounded sigmoid = arithmetic.increasing(v -> 1 / (1 + Math.exp(-v)), EXP_ULP + Arithmetic.DIVISION_ULP + 1, x);
        return new Bounded(sigmoid.value(), sigmoid.bound() + arithmetic.overflowedQuotient());
    }

    /// a to the power b, as C has it: 1 to any power is 1, and so is -1 to an infinite one.
    public Bounded pow(Bounded a, Bounded b) {
        double value = power(a.value(), b.value());
        return arithmetic.operation(value, spread(a, b, value), POW_ULP);
    }

    /// What a truncating division leaves of a, which is exact. Where it is open how often b goes into a, the result may
    /// be anything that is smaller than b.
    public Bounded remainder(Bounded left, Bounded right) {
        Bounded a = arithmetic.read(left);
        Bounded b = arithmetic.read(right);
        double value = a.value() % b.value();
        if (a.bound() == 0 && b.bound() == 0) {
            return arithmetic.operation(value, 0, 0);
        }
        if (a.isUnknown() || b.bound() > 0 && b.leastMagnitude() <= 0) {
            return Bounded.unknown(value);
        }
        double least = Math.floor(Math.max(0, a.leastMagnitude()) / b.magnitude());
        double most = Math.floor(a.magnitude() / b.leastMagnitude());
        boolean isOpen = least != most || a.leastMagnitude() < 0;
        return arithmetic.operation(value, isOpen ? b.magnitude() + Math.abs(value) : a.bound() + most * b.bound(), 0);
    }

    private static double power(double a, double b) {
        return a == 1 || a == -1 && Double.isInfinite(b) ? 1 : Math.pow(a, b);
    }

    /// For a > 0 the logarithm b · log a is linear in b and in log a, so the extremes stand in the corners. For other a
    /// the power is defined at whole b only, and it is monotone on either side of zero.
    private static double spread(Bounded a, Bounded b, double value) {
        if (a.bound() == 0 && b.bound() == 0) {
            return 0;
        }
        boolean wholePower = b.bound() == 0 && b.value() == Math.rint(b.value());
        boolean crossesZero = a.leastMagnitude() <= 0;
        boolean positive = a.value() > 0 && !crossesZero;
        if (!positive && (!wholePower || crossesZero && b.value() < 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double spread = crossesZero ? Math.abs(power(0, b.value()) - value) : 0;
        for (int side = -1; side <= 1; side += 2) {
            double base = a.value() + side * a.bound();
            spread = Math.max(spread, Math.abs(power(base, b.value() - b.bound()) - value));
            spread = Math.max(spread, Math.abs(power(base, b.value() + b.bound()) - value));
        }
        return spread;
    }
}
