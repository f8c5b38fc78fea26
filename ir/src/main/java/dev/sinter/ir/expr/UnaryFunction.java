package dev.sinter.ir.expr;

/// Functions of one number that every target has. NOT inverts the bits of an integer.
public enum UnaryFunction {
    NEGATE,
    ABS,
    EXP,
    LOG,
    SQRT,
    TANH,
    ERF,
    FLOOR,
    CEIL,
    ROUND_EVEN,
    /// The largest power of two that is not above a float's magnitude: 0 below the normal numbers, infinity for what is
    /// not finite.
    LEADING_POWER,
    SIN,
    COS,
    TAN,
    ASIN,
    ACOS,
    ATAN,
    SINH,
    COSH,
    ASINH,
    ACOSH,
    ATANH,
    NOT
}
