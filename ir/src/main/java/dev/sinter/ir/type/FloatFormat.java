package dev.sinter.ir.type;

/// A floating-point format with fewer numbers than f32, all of which an f32 can be: tensors hold its numbers as f32.
public enum FloatFormat {
    /// IEEE 754 binary16.
    FLOAT16(11, -14, 65504, Overflow.INFINITY),
    /// The upper half of an f32.
    BFLOAT16(8, -126, 0x1.fep127, Overflow.INFINITY),
    FLOAT8E4M3FN(4, -6, 448, Overflow.NAN),
    FLOAT8E4M3FNUZ(4, -7, 240, Overflow.NAN),
    FLOAT8E5M2(3, -14, 57344, Overflow.INFINITY),
    FLOAT8E5M2FNUZ(3, -15, 57344, Overflow.NAN),
    /// Powers of two only, without sign and zero.
    FLOAT8E8M0(1, -127, 0x1p127, Overflow.NAN),
    /// It has neither infinity nor NaN.
    FLOAT4E2M1(2, 0, 6, Overflow.LARGEST);

    /// What stands for a number beyond the largest.
    public enum Overflow {
        INFINITY,
        NAN,
        LARGEST
    }

    /// Where FLOAT8E8M0 rounds a number between two powers of two: away from zero, towards it, or to the nearer, which
    /// is the upper one if both are near.
    public enum Direction {
        UP,
        DOWN,
        NEAREST
    }

    private final int precision;
    private final int leastExponent;
    private final double largest;
    private final Overflow overflow;

    FloatFormat(int precision, int leastExponent, double largest, Overflow overflow) {
        this.precision = precision;
        this.leastExponent = leastExponent;
        this.largest = largest;
        this.overflow = overflow;
    }

    /// How many binary digits a number has from its first that is not zero.
    public int precision() {
        return precision;
    }

    /// The exponent of the smallest number that has all digits; smaller ones are multiples of its last digit.
    public int leastExponent() {
        return leastExponent;
    }

    /// The largest finite number.
    public double largest() {
        return largest;
    }

    public Overflow overflow() {
        return overflow;
    }
}
