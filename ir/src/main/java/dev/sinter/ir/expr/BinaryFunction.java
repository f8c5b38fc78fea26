package dev.sinter.ir.expr;

/// Functions of two numbers of one type. MAX and MIN are comparisons that keep NaN, whichever side it stands on.
/// Integer division truncates toward zero; REMAINDER is what that leaves, and has the dividend's sign. Of integers,
/// both are zero where the divisor is. A negative POWER of an integer is a quotient, which truncates too.
///
/// AND, OR, XOR and the shifts are of the bits of integers. A shift by the width of the type or more yields any number.
public enum BinaryFunction {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MAX,
    MIN,
    POWER,
    REMAINDER,
    AND,
    OR,
    XOR,
    SHIFT_LEFT,
    SHIFT_RIGHT
}
