package dev.sinter.ir.type;

/// Rounding to IEEE 754 binary16.
final class Half {
    private Half() {}

    /// Rounds once, from double: going through float could round twice and land on the wrong side of a tie.
    static short fromDouble(double value) {
        float near = (float) value;
        if (near != value && Float.isFinite(near)) {
            // Round to odd: an inexact float whose last bit is odd can never look like a tie to the next rounding.
            float toward = near;
            if (Math.abs((double) near) > Math.abs(value)) {
                toward = near > 0 ? Math.nextDown(near) : Math.nextUp(near);
            }
            near = Float.intBitsToFloat(Float.floatToRawIntBits(toward) | 1);
        }
        return Float.floatToFloat16(near);
    }
}
