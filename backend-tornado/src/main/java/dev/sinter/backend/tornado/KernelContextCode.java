package dev.sinter.backend.tornado;

import dev.sinter.backend.jvm.BufferAccess;
import dev.sinter.backend.jvm.WorkItemContext;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// How TornadoVM's `KernelContext` tells work-items apart: by boxed fields, which its compilers know.
final class KernelContextCode implements WorkItemContext {
    static final ClassDesc CONTEXT = ClassDesc.of(TornadoApi.PACKAGE + "KernelContext");

    private static final NativeArrays BUFFERS = new NativeArrays();
    private static final ClassDesc INTEGER = ConstantDescs.CD_Integer;
    private static final String[] DIMENSIONS = {"x", "y", "z"};

    @Override
    public ClassDesc type() {
        return CONTEXT;
    }

    @Override
    public BufferAccess buffers() {
        return BUFFERS;
    }

    @Override
    public void group(int dimension, CodeBuilder code) {
        id("groupId" + DIMENSIONS[dimension], code);
    }

    @Override
    public void item(int dimension, CodeBuilder code) {
        id("localId" + DIMENSIONS[dimension], code);
    }

    private static void id(String field, CodeBuilder code) {
        code.getfield(CONTEXT, field, INTEGER);
        code.invokevirtual(INTEGER, "intValue", MethodTypeDesc.of(ConstantDescs.CD_int));
    }

    @Override
    public void localArray(TypeKind kind, int length, CodeBuilder code) {
        String name = kind.upperBound().displayName();
        String method = "allocate" + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "LocalArray";
        code.loadConstant(length);
        code.invokevirtual(CONTEXT, method, MethodTypeDesc.of(kind.upperBound().arrayType(), ConstantDescs.CD_int));
    }

    @Override
    public void barrier(CodeBuilder code) {
        code.invokevirtual(CONTEXT, "localBarrier", MethodTypeDesc.of(ConstantDescs.CD_void));
    }
}
