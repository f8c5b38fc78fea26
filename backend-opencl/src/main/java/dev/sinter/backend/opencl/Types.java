package dev.sinter.backend.opencl;

import dev.sinter.ir.type.ElementType;

/// Element types as OpenCL C spells them.
final class Types {
    private Types() {}

    static String scalar(ElementType type) {
        return switch (type) {
            case FLOAT16 -> "half";
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case INT8 -> "char";
            case UINT8, BOOL -> "uchar";
            case INT16 -> "short";
            case UINT16 -> "ushort";
            case INT32 -> "int";
            case UINT32 -> "uint";
            case INT64 -> "long";
            case UINT64 -> "ulong";
        };
    }

    static String vector(ElementType type, int lanes) {
        return lanes == 1 ? scalar(type) : scalar(type) + lanes;
    }
}
