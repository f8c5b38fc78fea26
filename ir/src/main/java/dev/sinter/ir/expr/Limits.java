package dev.sinter.ir.expr;

import dev.sinter.ir.type.ElementType;

/// The ends of a type's range, as constants.
public final class Limits {
    private Limits() {}

    /// What no number of the type is below: -infinity, or the least integer.
    public static Expr least(ElementType type) {
        double least = switch (type) {
            case FLOAT16, FLOAT32, FLOAT64 -> Double.NEGATIVE_INFINITY;
            case INT8 -> Byte.MIN_VALUE;
            case INT16 -> Short.MIN_VALUE;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> Long.MIN_VALUE;
            case UINT8, UINT16, UINT32, UINT64, BOOL -> 0;
        };
        return Expr.constant(least, type);
    }

    /// What no number of the type is above: infinity, or the greatest integer.
    public static Expr greatest(ElementType type) {
        double greatest = switch (type) {
            case FLOAT16, FLOAT32, FLOAT64 -> Double.POSITIVE_INFINITY;
            case INT8 -> Byte.MAX_VALUE;
            case INT16 -> Short.MAX_VALUE;
            case INT32 -> Integer.MAX_VALUE;
            // No double is this number; the next one becomes it as a conversion stops at the range's end.
            case INT64 -> Long.MAX_VALUE;
            case UINT8 -> 0xff;
            case UINT16 -> 0xffff;
            case UINT32 -> 0xffff_ffffL;
            // Wraps to the greatest: no double is that either.
            case UINT64 -> -1;
            case BOOL -> 1;
        };
        return Expr.constant(greatest, type);
    }
}
