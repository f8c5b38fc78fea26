package dev.sinter.ir.numeric;

import java.util.function.DoubleUnaryOperator;

/// Trigonometric and hyperbolic functions and their inverses as kernels call them, with their errors: units in the last
/// place by the OpenCL C specification, "Relative error as ulps", full profile.
public final class TrigonometricFunctions {
    private static final double SIN_ULP = 4;
    private static final double COS_ULP = 4;
    private static final double TAN_ULP = 5;
    private static final double ASIN_ULP = 4;
    private static final double ACOS_ULP = 4;
    private static final double ATAN_ULP = 5;
    private static final double SINH_ULP = 4;
    private static final double COSH_ULP = 4;
    private static final double ASINH_ULP = 4;
    private static final double ACOSH_ULP = 4;
    private static final double ATANH_ULP = 5;

    private final Arithmetic arithmetic;

    public TrigonometricFunctions(Arithmetic arithmetic) {
        this.arithmetic = arithmetic;
    }

    public Bounded sin(Bounded x) {
        return wave(Math::sin, SIN_ULP, x);
    }

    public Bounded cos(Bounded x) {
        return wave(Math::cos, COS_ULP, x);
    }

    /// Neither rises faster than its operand, nor farther than from -1 to 1.
    private Bounded wave(DoubleUnaryOperator function, double ulp, Bounded operand) {
        Bounded x = arithmetic.read(operand);
        double value = function.applyAsDouble(x.value());
        return x.isUnknown() ? Bounded.unknown(value) : arithmetic.operation(value, Math.min(x.bound(), 2), ulp);
    }

    /// Between two poles it rises; across one it takes every value.
    public Bounded tan(Bounded operand) {
        Bounded x = arithmetic.read(operand);
        double turns = x.value() / Math.PI - 0.5;
        double spread = x.bound() / Math.PI;
        boolean crosses = x.bound() > 0 && !(Math.floor(turns - spread) == Math.floor(turns + spread));
        return crosses ? Bounded.unknown(Math.tan(x.value())) : arithmetic.increasing(Math::tan, TAN_ULP, x);
    }

    public Bounded asin(Bounded x) {
        return arithmetic.increasing(Math::asin, ASIN_ULP, x);
    }

    public Bounded acos(Bounded x) {
        return arithmetic.increasing(v -> -Math.acos(v), ACOS_ULP, x).negated();
    }

    public Bounded atan(Bounded x) {
        return arithmetic.increasing(Math::atan, ATAN_ULP, x);
    }

    public Bounded sinh(Bounded x) {
        return arithmetic.increasing(Math::sinh, SINH_ULP, x);
    }

    /// It rises with the magnitude.
    public Bounded cosh(Bounded x) {
        Bounded magnitude = new Bounded(Math.abs(x.value()), x.bound());
        if (magnitude.leastMagnitude() >= 0) {
            return arithmetic.increasing(Math::cosh, COSH_ULP, magnitude);
        }
        double value = Math.cosh(x.value());
        return x.isUnknown()
                ? Bounded.unknown(value)
                : arithmetic.operation(value, Math.max(Math.cosh(magnitude.magnitude()) - value, value - 1), COSH_ULP);
    }

    public Bounded asinh(Bounded x) {
        return arithmetic.increasing(TrigonometricFunctions::asinh, ASINH_ULP, x);
    }

    public Bounded acosh(Bounded x) {
        return arithmetic.increasing(TrigonometricFunctions::acosh, ACOSH_ULP, x);
    }

    public Bounded atanh(Bounded x) {
        return arithmetic.increasing(TrigonometricFunctions::atanh, ATANH_ULP, x);
    }

    /// log(x + √(x² + 1)), without the difference that small numbers would lose their digits to (Kahan, Branch cuts for
    /// complex elementary functions, 1987).
    private static double asinh(double x) {
        double size = Math.abs(x);
        double root = Math.hypot(1, size);
        // Where √(x² + 1) is x to the last digit, the square may be too large.
        double result = size >= 1e9 ? Math.log(size) + Math.log(2) : Math.log1p(size + size * (size / (1 + root)));
        return Math.copySign(result, x);
    }

    /// log(x + √(x² - 1)), likewise.
    private static double acosh(double x) {
        double above = x - 1;
        return x >= 1e9 ? Math.log(x) + Math.log(2) : Math.log1p(above + Math.sqrt(above) * Math.sqrt(x + 1));
    }

    /// log((1 + x) / (1 - x)) / 2, likewise.
    private static double atanh(double x) {
        double size = Math.abs(x);
        return Math.copySign(Math.log1p(2 * size / (1 - size)) / 2, x);
    }
}
