package dev.sinter.frontend.onnx.file;

import dev.sinter.ir.type.FloatFormat;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Elements of fewer bits than any that tensors here hold: floating-point numbers of 8 and 4 bits, integers of 4 and 2.
/// Those of less than a byte lie side by side in one, the first in the lowest bits.
final class NarrowElements {
    private NarrowElements() {}

    /// @param bytes as many as the elements take
    static void decode(DataType type, MemorySegment bytes, Tensor into) {
        int bits = type.bits();
        int perByte = Byte.SIZE / bits;
        for (long i = 0; i < into.shape().elements(); i++) {
            int shift = (int) (i % perByte) * bits;
            int code = bytes.get(ValueLayout.JAVA_BYTE, i / perByte) >> shift & (1 << bits) - 1;
            if (type.isFloating()) {
                into.set(i, number(type.format().orElseThrow(), code));
            } else {
                into.setLong(i, isSigned(type) ? code << Integer.SIZE - bits >> Integer.SIZE - bits : code);
            }
        }
    }

    private static boolean isSigned(DataType type) {
        return type == DataType.INT4 || type == DataType.INT2;
    }

    /// The number that a code stands for: a sign, an exponent and the digits after the first.
    static double number(FloatFormat format, int code) {
        return switch (format) {
            case FLOAT8E8M0 -> code == 0xff ? Double.NaN : Math.scalb(1.0, code + format.leastExponent());
            case FLOAT8E4M3FN -> (code & 0x7f) == 0x7f ? Double.NaN : number(format, 8, code);
            case FLOAT8E4M3FNUZ, FLOAT8E5M2FNUZ -> code == 0x80 ? Double.NaN : number(format, 8, code);
            case FLOAT8E5M2 -> {
                double number = number(format, 8, code);
                boolean finite = Math.abs(number) <= format.largest();
                yield finite ? number : (code & 3) == 0 ? number * Double.POSITIVE_INFINITY : Double.NaN;
            }
            case FLOAT4E2M1 -> number(format, 4, code);
            case FLOAT16, BFLOAT16 -> throw new IllegalArgumentException(format + " has more than 8 bits");
        };
    }

    /// Exponent 0 is that of the smallest numbers, whose first digit is 0.
    private static double number(FloatFormat format, int bits, int code) {
        int digits = format.precision() - 1;
        int magnitude = code & (1 << bits - 1) - 1;
        int exponent = magnitude >> digits;
        int fraction = magnitude & (1 << digits) - 1;
        int whole = exponent == 0 ? fraction : fraction + (1 << digits);
        double number = Math.scalb((double) whole, Math.max(exponent, 1) - 1 + format.leastExponent() - digits);
        return magnitude == code ? number : -number;
    }
}
