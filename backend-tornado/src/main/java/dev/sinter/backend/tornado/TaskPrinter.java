package dev.sinter.backend.tornado;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.Collections;

/// Prints the object by which versions of TornadoVM without tasks of methods find the method of a task: it calls it.
final class TaskPrinter {
    private TaskPrinter() {}

    /// A class with a constructor without parameters, which implements `interfaceType`.
    static byte[] print(ClassDesc self, Class<?> interfaceType, Method method) {
        int parameters = method.getParameterCount();
        MethodTypeDesc type =
                MethodTypeDesc.of(ConstantDescs.CD_void, Collections.nCopies(parameters, ConstantDescs.CD_Object));
        return ClassFile.of().build(self, builder -> {
            builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            builder.withInterfaceSymbols(describe(interfaceType));
            builder.withMethodBody("apply", type, ClassFile.ACC_PUBLIC, code -> call(code, method));
            builder.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
        });
    }

    private static void call(CodeBuilder code, Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        for (int place = 0; place < parameters.length; place++) {
            code.aload(place + 1).checkcast(describe(parameters[place]));
        }
        MethodTypeDesc type = MethodTypeDesc.of(
                ConstantDescs.CD_void,
                java.util.Arrays.stream(parameters).map(TaskPrinter::describe).toList());
        code.invokestatic(describe(method.getDeclaringClass()), method.getName(), type);
        code.return_();
    }

    private static ClassDesc describe(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
