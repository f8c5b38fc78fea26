package dev.sinter.backend.tornado;

import dev.sinter.backend.jvm.BufferAccess;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// TornadoVM's arrays outside of the heap, of which each class holds numbers of one type. Arrays of Java would do as
/// well, but TornadoVM copies those less reliably.
final class NativeArrays implements BufferAccess {
    private static final String PACKAGE = "types.arrays.";

    /// The class for numbers of a type, by its name in TornadoVM's package.
    ///
    /// @throws CompileException if there is none
    static String className(ElementType element) {
        return PACKAGE
                + switch (element) {
                    case FLOAT32 -> "FloatArray";
                    case FLOAT64 -> "DoubleArray";
                    case INT8, UINT8, BOOL -> "ByteArray";
                    case INT16, UINT16 -> "ShortArray";
                    case INT32, UINT32 -> "IntArray";
                    case INT64, UINT64 -> "LongArray";
                    case FLOAT16 ->
                        throw new CompileException(
                                Code.TYPE_ELEMENT,
                                element.text(),
                                "kernels for TornadoVM have no arithmetic for this type",
                                "convert to f32");
                };
    }

    @Override
    public ClassDesc type(ElementType element) {
        return ClassDesc.of(TornadoApi.PACKAGE + className(element));
    }

    private static ClassDesc number(ElementType element) {
        return switch (element) {
            case FLOAT32 -> ConstantDescs.CD_float;
            case FLOAT64 -> ConstantDescs.CD_double;
            case INT8, UINT8, BOOL -> ConstantDescs.CD_byte;
            case INT16, UINT16 -> ConstantDescs.CD_short;
            case INT32, UINT32 -> ConstantDescs.CD_int;
            case INT64, UINT64 -> ConstantDescs.CD_long;
            case FLOAT16 -> throw new IllegalArgumentException(className(element));
        };
    }

    @Override
    public void load(ElementType element, CodeBuilder code) {
        code.invokevirtual(type(element), "get", MethodTypeDesc.of(number(element), ConstantDescs.CD_int));
    }

    @Override
    public void store(ElementType element, CodeBuilder code) {
        MethodTypeDesc set = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, number(element));
        code.invokevirtual(type(element), "set", set);
    }
}
