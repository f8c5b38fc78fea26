package dev.sinter.ir.expr;

/// Functions of two numbers of one type. MAX and MIN are comparisons that keep NaN, whichever side it stands on.
/// Integer division truncates toward zero.
public enum BinaryFunction {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MAX,
    MIN,
    POWER
}
