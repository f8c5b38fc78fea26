package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/// Element types as the JVM has them: in arrays of their own size, and carried as int, long, float or double. An
/// unsigned number is carried by the bits of the signed type, one shorter than an int by its value.
final class JvmTypes {
    private JvmTypes() {}

    /// How a number is carried on the operand stack and in local variables.
    static TypeKind carrier(ElementType type) {
        return switch (type) {
            case FLOAT32 -> TypeKind.FLOAT;
            case FLOAT64 -> TypeKind.DOUBLE;
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, BOOL -> TypeKind.INT;
            case INT64, UINT64 -> TypeKind.LONG;
            case FLOAT16 -> throw unsupported(type);
        };
    }

    static ClassDesc carrierDesc(ElementType type) {
        return carrier(type).upperBound();
    }

    /// How a number lies in an array.
    static TypeKind element(ElementType type) {
        return switch (type) {
            case FLOAT32 -> TypeKind.FLOAT;
            case FLOAT64 -> TypeKind.DOUBLE;
            case INT8, UINT8, BOOL -> TypeKind.BYTE;
            case INT16, UINT16 -> TypeKind.SHORT;
            case INT32, UINT32 -> TypeKind.INT;
            case INT64, UINT64 -> TypeKind.LONG;
            case FLOAT16 -> throw unsupported(type);
        };
    }

    static ClassDesc array(ElementType type) {
        return element(type).upperBound().arrayType();
    }

    /// The class of arrays that hold numbers of `type`.
    static Class<?> arrayType(ElementType type) {
        return switch (element(type)) {
            case FLOAT -> float[].class;
            case DOUBLE -> double[].class;
            case BYTE -> byte[].class;
            case SHORT -> short[].class;
            case INT -> int[].class;
            default -> long[].class;
        };
    }

    private static CompileException unsupported(ElementType type) {
        return new CompileException(
                Code.TYPE_ELEMENT, type.text(), "the JVM has no arithmetic for this type", "convert to f32");
    }

    /// Brings the number on top of the stack, just read from an array, to how it is carried.
    static void widen(ElementType type, CodeBuilder code) {
        switch (type) {
            case UINT8 -> code.loadConstant(0xff).iand();
            case UINT16 -> code.i2c();
            // Memory may hold other bytes for true than 1.
            case BOOL -> Calls.truth(TypeKind.INT, code);
            case FLOAT16, FLOAT32, FLOAT64, INT8, INT16, INT32, UINT32, INT64, UINT64 -> {}
        }
    }

    /// Cuts the result of arithmetic on top of the stack down to what `type` holds.
    static void wrap(ElementType type, CodeBuilder code) {
        switch (type) {
            case INT8 -> code.i2b();
            case UINT8 -> code.loadConstant(0xff).iand();
            case INT16 -> code.i2s();
            case UINT16 -> code.i2c();
            case BOOL -> Calls.truth(TypeKind.INT, code);
            case FLOAT16, FLOAT32, FLOAT64, INT32, UINT32, INT64, UINT64 -> {}
        }
    }

    /// Converts the number on top of the stack.
    static void convert(ElementType from, ElementType to, CodeBuilder code) {
        if (from == to) {
            return;
        }
        if (to == ElementType.BOOL) {
            Calls.truth(carrier(from), code);
            return;
        }
        if (from == ElementType.UINT64 && to.isFloating()) {
            Calls.unsignedToDouble(code);
            code.conversion(TypeKind.DOUBLE, carrier(to));
            return;
        }
        TypeKind carrier = carrier(from);
        if (from == ElementType.UINT32 && carrier(to) != TypeKind.INT) {
            code.i2l().loadConstant(0xffff_ffffL).land();
            carrier = TypeKind.LONG;
        }
        if (from.isFloating() && to == ElementType.UINT32) {
            code.conversion(carrier, TypeKind.LONG);
            carrier = TypeKind.LONG;
        }
        if (from.isFloating() && to == ElementType.UINT64) {
            code.conversion(carrier, TypeKind.DOUBLE);
            Calls.toUnsigned(code);
            return;
        }
        code.conversion(carrier, carrier(to));
        wrap(to, code);
    }

    static ClassDesc objectArray() {
        return ConstantDescs.CD_Object.arrayType();
    }
}
