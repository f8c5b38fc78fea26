package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Copies methods of [VectorFunctions] into a class that uses them.
final class FunctionCopies {
    private static final class Lazy {
        private static final Map<String, MethodModel> METHODS = read();
    }

    private final ClassDesc target;
    private final Set<String> copied = new LinkedHashSet<>();

    FunctionCopies(ClassDesc target) {
        this.target = target;
    }

    private static Map<String, MethodModel> read() {
        Map<String, MethodModel> methods = new LinkedHashMap<>();
        try (InputStream file = FunctionCopies.class.getResourceAsStream("VectorFunctions.class")) {
            if (file == null) {
                throw new CompilerFault("the class file of VectorFunctions is missing");
            }
            ClassModel model = ClassFile.of().parse(file.readAllBytes());
            model.methods().forEach(method -> methods.put(method.methodName().stringValue(), method));
        } catch (IOException failure) {
            throw new CompilerFault("the class file of VectorFunctions cannot be read", failure);
        }
        return methods;
    }

    /// Makes sure that the target gets `function`, and what that calls.
    void add(String function) {
        if (copied.add(function)) {
            method(function).code().orElseThrow().forEach(element -> {
                if (element instanceof InvokeInstruction invoke && isOwn(invoke)) {
                    add(invoke.name().stringValue());
                }
            });
        }
    }

    private static MethodModel method(String function) {
        MethodModel method = Lazy.METHODS.get(function);
        if (method == null) {
            throw new CompilerFault("there is no vector function " + function);
        }
        return method;
    }

    private static boolean isOwn(InvokeInstruction invoke) {
        return invoke.owner().asSymbol().equals(VectorTypes.FUNCTIONS);
    }

    /// Adds the methods to the target.
    void print(ClassBuilder builder) {
        CodeTransform calls = (code, element) -> {
            if (element instanceof InvokeInstruction invoke && isOwn(invoke)) {
                code.invokestatic(target, invoke.name().stringValue(), invoke.typeSymbol());
            } else {
                code.with(element);
            }
        };
        copied.forEach(function -> builder.transformMethod(method(function), MethodTransform.transformingCode(calls)));
    }
}
