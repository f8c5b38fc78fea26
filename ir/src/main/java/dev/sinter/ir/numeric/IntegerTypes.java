package dev.sinter.ir.numeric;

import dev.sinter.ir.type.ElementType;

/// The ranges of integer types, and how numbers come into them.
public final class IntegerTypes {
    private IntegerTypes() {}

    /// The smallest integer of a type, as a double.
    public static double least(ElementType type) {
        return switch (type) {
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            case UINT8, UINT16, UINT32, UINT64, BOOL -> 0;
            case FLOAT16, FLOAT32, FLOAT64 -> throw notInteger(type);
        };
    }

    /// The largest, rounded to a double where it is longer than one.
    public static double largest(ElementType type) {
        return switch (type) {
            case BOOL -> 1;
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 0xff;
            case INT16 -> Short.MAX_VALUE;
            case UINT16 -> 0xffff;
            case INT32 -> Integer.MAX_VALUE;
            case UINT32 -> 0xffff_ffffL;
            case INT64 -> 0x1p63;
            case UINT64 -> 0x1p64;
            case FLOAT16, FLOAT32, FLOAT64 -> throw notInteger(type);
        };
    }

    /// What a cast makes of a floating-point number, before it wraps: the fraction is cut off, NaN is 0, what is beyond
    /// 32 bits (64, for types longer than `i32`) is the nearest there is.
    public static long cut(double value, ElementType to) {
        return switch (to) {
            case INT8, UINT8, INT16, UINT16, INT32 -> (int) value;
            case UINT32, INT64 -> (long) value;
            case UINT64 -> value < 0x1p63 || Double.isNaN(value) ? (long) value : unsigned(value);
            case BOOL -> value != 0 ? 1 : 0;
            case FLOAT16, FLOAT32, FLOAT64 -> throw notInteger(to);
        };
    }

    private static long unsigned(double value) {
        return value < 0x1p64 ? (long) (value / 2) << 1 : -1;
    }

    private static IllegalArgumentException notInteger(ElementType type) {
        return new IllegalArgumentException(type + " is no integer type");
    }
}
