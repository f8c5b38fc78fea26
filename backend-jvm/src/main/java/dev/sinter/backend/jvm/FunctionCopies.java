package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Copies static methods of other classes into one that uses them.
final class FunctionCopies {
    private static final Map<Class<?>, Map<Function, MethodModel>> LIBRARIES = new ConcurrentHashMap<>();

    private final ClassDesc target;
    private final List<Class<?>> libraries;
    private final Set<Function> copied = new LinkedHashSet<>();

    /// A method by what tells it from others of its class.
    private record Function(String name, MethodTypeDesc type) {
        static Function of(InvokeInstruction invoke) {
            return new Function(invoke.name().stringValue(), invoke.typeSymbol());
        }
    }

    /// @param libraries where functions are looked for, in this order
    FunctionCopies(ClassDesc target, List<Class<?>> libraries) {
        this.target = target;
        this.libraries = List.copyOf(libraries);
    }

    private static Map<Function, MethodModel> read(Class<?> library) {
        Map<Function, MethodModel> methods = new LinkedHashMap<>();
        try (InputStream file = library.getResourceAsStream(library.getSimpleName() + ".class")) {
            if (file == null) {
                throw new CompilerFault("the class file of " + library.getSimpleName() + " is missing");
            }
            ClassFile.of()
                    .parse(file.readAllBytes())
                    .methods()
                    .forEach(method -> methods.put(
                            new Function(method.methodName().stringValue(), method.methodTypeSymbol()), method));
        } catch (IOException failure) {
            throw new CompilerFault("the class file of " + library.getSimpleName() + " cannot be read", failure);
        }
        return methods;
    }

    private Optional<MethodModel> find(Function function) {
        return libraries.stream()
                .map(library -> LIBRARIES.computeIfAbsent(library, FunctionCopies::read))
                .filter(methods -> methods.containsKey(function))
                .map(methods -> methods.get(function))
                .findFirst();
    }

    /// Makes sure that the target gets a function, and what that calls.
    void add(String name, MethodTypeDesc type) {
        add(new Function(name, type));
    }

    private void add(Function function) {
        if (copied.add(function)) {
            method(function).code().orElseThrow().forEach(element -> {
                if (element instanceof InvokeInstruction invoke && isCopied(invoke)) {
                    add(Function.of(invoke));
                }
            });
        }
    }

    private MethodModel method(Function function) {
        return find(function).orElseThrow(() -> new CompilerFault("there is no function " + function));
    }

    /// True for a call of what a library has a method for, whatever class it is of.
    private boolean isCopied(InvokeInstruction invoke) {
        return invoke.opcode() == Opcode.INVOKESTATIC
                && find(Function.of(invoke)).isPresent();
    }

    /// Makes calls of what libraries have calls of the target's copies.
    CodeTransform calls() {
        return (code, element) -> {
            if (element instanceof InvokeInstruction invoke && isCopied(invoke)) {
                add(Function.of(invoke));
                code.invokestatic(target, invoke.name().stringValue(), invoke.typeSymbol());
            } else {
                code.with(element);
            }
        };
    }

    /// Adds the methods to the target.
    void print(ClassBuilder builder) {
        copied.forEach(
                function -> builder.transformMethod(method(function), MethodTransform.transformingCode(calls())));
    }
}
