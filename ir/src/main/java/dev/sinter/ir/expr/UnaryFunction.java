package dev.sinter.ir.expr;

/// Functions of one number that every target has.
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
    ROUND_EVEN
}
