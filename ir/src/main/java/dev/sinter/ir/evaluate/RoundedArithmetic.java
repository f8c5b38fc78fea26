package dev.sinter.ir.evaluate;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.type.ElementType;

/// The arithmetic of element types, one number at a time. A floating number is carried as the bits of the double that
/// equals it, an integer as itself; unsigned ones are not negative but for 64 bits.
public final class RoundedArithmetic {
    private RoundedArithmetic() {}

    static long ofDouble(double value, ElementType type) {
        return switch (type) {
            case FLOAT16 -> Double.doubleToRawLongBits(toHalf(value));
            case FLOAT32 -> Double.doubleToRawLongBits((float) value);
            case FLOAT64 -> Double.doubleToRawLongBits(value);
            case BOOL -> value != 0 ? 1 : 0;
            case INT8, UINT8, INT16, UINT16, INT32 -> wrap((int) value, type);
            case UINT32, INT64 -> wrap((long) value, type);
            case UINT64 -> toUnsigned(value);
        };
    }

    static long ofLong(long value, ElementType type) {
        if (type == ElementType.FLOAT32) {
            // By way of a double it would be rounded twice.
            return Double.doubleToRawLongBits((float) value);
        }
        return type.isFloating() ? ofDouble(value, type) : wrap(value, type);
    }

    static double toDouble(long bits, ElementType type) {
        if (type.isFloating()) {
            return Double.longBitsToDouble(bits);
        }
        return type == ElementType.UINT64 && bits < 0 ? (bits >>> 1 | bits & 1) * 2.0 : bits;
    }

    /// Rounds once, to nearest even.
    private static double toHalf(double value) {
        int lastPlace = Math.max(Math.getExponent(value), -14) - 10;
        double rounded = Math.scalb(Math.rint(Math.scalb(value, -lastPlace)), lastPlace);
        return Math.abs(rounded) < 65_536 || Double.isNaN(value) ? rounded : Math.copySign(1.0 / 0.0, value);
    }

    private static long wrap(long value, ElementType type) {
        return switch (type) {
            case INT8 -> (byte) value;
            case UINT8 -> value & 0xff;
            case INT16 -> (short) value;
            case UINT16 -> value & 0xffff;
            case INT32 -> (int) value;
            case UINT32 -> value & 0xffff_ffffL;
            case INT64, UINT64 -> value;
            case BOOL -> value != 0 ? 1 : 0;
            case FLOAT16, FLOAT32, FLOAT64 -> throw new CompilerFault(type + " does not wrap");
        };
    }

    static long cast(long bits, ElementType from, ElementType to) {
        return from.isFloating() ? ofDouble(Double.longBitsToDouble(bits), to) : castInteger(bits, from, to);
    }

    private static long castInteger(long bits, ElementType from, ElementType to) {
        return from == ElementType.UINT64 && to.isFloating() ? ofDouble(toDouble(bits, from), to) : ofLong(bits, to);
    }

    /// @param bits of the operand, of the type
    public static long unary(UnaryFunction function, long bits, ElementType type) {
        if (!type.isFloating()) {
            return wrap(integerUnary(function, bits), type);
        }
        double x = Double.longBitsToDouble(bits);
        double exact = switch (function) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case EXP -> Math.exp(x);
            case LOG -> Math.log(x);
            case SQRT -> Math.sqrt(x);
            case TANH -> Math.tanh(x);
            case ERF -> ErrorFunctionIntegral.erf(x);
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND_EVEN -> Math.rint(x);
            case LEADING_POWER -> leadingPower(x, type);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TAN -> Math.tan(x);
            case ASIN -> Math.asin(x);
            case ACOS -> Math.acos(x);
            case ATAN -> Math.atan(x);
            case SINH -> Math.sinh(x);
            case COSH -> Math.cosh(x);
            case ASINH -> InverseHyperbolic.asinh(x);
            case ACOSH -> InverseHyperbolic.acosh(x);
            case ATANH -> InverseHyperbolic.atanh(x);
            case NOT -> throw new CompilerFault("the bits of a floating-point number");
        };
        return ofDouble(exact, type);
    }

    private static double leadingPower(double x, ElementType type) {
        if (type != ElementType.FLOAT32) {
            throw new CompilerFault("the leading power of a " + type);
        }
        if (!(Math.abs(x) <= Float.MAX_VALUE)) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.abs(x) < Float.MIN_NORMAL ? 0 : Math.scalb(1.0, Math.getExponent(x));
    }

    /// From 2^63 on, the doubles that are nearest to longs are whole numbers with a bit more than a long has.
    private static long toUnsigned(double value) {
        double half = 0x1p63;
        if (!(value >= half)) {
            return (long) value;
        }
        return value >= 2 * half ? -1 : (long) (value - half) + Long.MIN_VALUE;
    }

    private static long integerUnary(UnaryFunction function, long x) {
        return switch (function) {
            case NEGATE -> -x;
            case ABS -> Math.abs(x);
            case FLOOR, CEIL, ROUND_EVEN -> x;
            case EXP, LOG, SQRT, TANH, ERF, LEADING_POWER -> throw new CompilerFault(function + " of an integer");
            case NOT -> ~x;
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH ->
                throw new CompilerFault(function + " of an integer");
        };
    }

    /// float32 and float16 results are right although they are rounded twice: a double has more than twice their bits
    /// (Figueroa, When is double rounding innocuous?, 1995).
    public static long binary(BinaryFunction function, long left, long right, ElementType type) {
        if (!type.isFloating()) {
            return wrap(integerBinary(function, left, right, type), type);
        }
        double a = Double.longBitsToDouble(left);
        double b = Double.longBitsToDouble(right);
        double exact = switch (function) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case POWER -> power(a, b);
            case MAX -> a < b || Double.isNaN(b) ? b : a;
            case MIN -> a > b || Double.isNaN(b) ? b : a;
            case REMAINDER -> a % b;
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> throw new CompilerFault("the bits of floating-point numbers");
        };
        return ofDouble(exact, type);
    }

    /// As C has it, which differs from Java: 1 to any power is 1, and so is -1 to an infinite one.
    private static double power(double base, double exponent) {
        return base == 1 || base == -1 && Double.isInfinite(exponent) ? 1 : Math.pow(base, exponent);
    }

    private static long integerBinary(BinaryFunction function, long a, long b, ElementType type) {
        boolean unsigned = type == ElementType.UINT64;
        int order = unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b);
        return switch (function) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            // By zero it is undefined, which must not end the evaluation.
            case DIVIDE -> b == 0 ? 0 : unsigned ? Long.divideUnsigned(a, b) : a / b;
            case MAX -> order < 0 ? b : a;
            case MIN -> order > 0 ? b : a;
            case REMAINDER -> b == 0 ? 0 : unsigned ? Long.remainderUnsigned(a, b) : a % b;
            case POWER -> integerPower(a, b, unsigned);
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHIFT_LEFT -> a << b;
            case SHIFT_RIGHT -> unsigned ? a >>> b : a >> b;
        };
    }

    /// From the exponent's highest bit down.
    private static long integerPower(long base, long exponent, boolean unsigned) {
        if (exponent < 0 && !unsigned) {
            return base == 1 ? 1 : base == -1 ? 1 - 2 * (exponent & 1) : 0;
        }
        long power = 1;
        for (int bit = Long.SIZE - Long.numberOfLeadingZeros(exponent) - 1; bit >= 0; bit--) {
            power *= power;
            power *= (exponent >>> bit & 1) == 1 ? base : 1;
        }
        return power;
    }

    static long multiplyAdd(long left, long right, long addend, ElementType type) {
        if (!type.isFloating()) {
            return wrap(left * right + addend, type);
        }
        double a = Double.longBitsToDouble(left);
        double b = Double.longBitsToDouble(right);
        double c = Double.longBitsToDouble(addend);
        return switch (type) {
            case FLOAT32 -> Double.doubleToRawLongBits(Math.fma((float) a, (float) b, (float) c));
            case FLOAT64 -> Double.doubleToRawLongBits(Math.fma(a, b, c));
            default -> ofDouble(Math.fma(a, b, c), type);
        };
    }

    static boolean compare(Expr.Comparison comparison, long left, long right, ElementType type) {
        if (type.isFloating()) {
            double a = Double.longBitsToDouble(left);
            double b = Double.longBitsToDouble(right);
            return switch (comparison) {
                case LESS -> a < b;
                case LESS_EQUAL -> a <= b;
                case EQUAL -> a == b;
            };
        }
        int order = type == ElementType.UINT64 ? Long.compareUnsigned(left, right) : Long.compare(left, right);
        return switch (comparison) {
            case LESS -> order < 0;
            case LESS_EQUAL -> order <= 0;
            case EQUAL -> order == 0;
        };
    }
}
