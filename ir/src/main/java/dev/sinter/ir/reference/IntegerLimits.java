package dev.sinter.ir.reference;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.type.ElementType;

/// The ends of the ranges of integer types, as the oracle holds them: 64 unsigned bits as the long of these bits.
final class IntegerLimits {
    private IntegerLimits() {}

    static long least(ElementType type) {
        return switch (type) {
            case INT8, INT16, INT32, INT64 -> -1L << 8 * type.bytes() - 1;
            case UINT8, UINT16, UINT32, UINT64, BOOL -> 0;
            case FLOAT16, FLOAT32, FLOAT64 -> throw new CompilerFault(type + " is no integer type");
        };
    }

    static long greatest(ElementType type) {
        return switch (type) {
            case INT8, INT16, INT32, INT64 -> ~least(type);
            case UINT8, UINT16, UINT32, UINT64 -> -1L >>> 64 - 8 * type.bytes();
            case BOOL -> 1;
            case FLOAT16, FLOAT32, FLOAT64 -> throw new CompilerFault(type + " is no integer type");
        };
    }
}
