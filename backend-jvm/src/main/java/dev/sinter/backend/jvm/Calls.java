package dev.sinter.backend.jvm;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Calls of library functions on numbers.
final class Calls {
    private static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    private static final ClassDesc OWN =
            ScalarFunctions.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc DOUBLE_TO_DOUBLE =
            MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_double);

    private Calls() {}

    /// A function of [ScalarFunctions] of two numbers of one kind, which yields one too.
    static void own(String name, TypeKind kind, CodeBuilder code) {
        ClassDesc type = kind.upperBound();
        code.invokestatic(OWN, name, MethodTypeDesc.of(type, type, type));
    }

    static void truth(TypeKind kind, CodeBuilder code) {
        code.invokestatic(OWN, "truth", MethodTypeDesc.of(ConstantDescs.CD_int, kind.upperBound()));
    }

    static void unsignedToDouble(CodeBuilder code) {
        code.invokestatic(OWN, "unsignedToDouble", MethodTypeDesc.of(ConstantDescs.CD_double, ConstantDescs.CD_long));
    }

    static void leadingPower(CodeBuilder code) {
        code.invokestatic(OWN, "leadingPower", MethodTypeDesc.of(ConstantDescs.CD_float, ConstantDescs.CD_float));
    }

    /// The unsigned long that a double is, as a cast makes it.
    static void toUnsigned(CodeBuilder code) {
        code.invokestatic(OWN, "toUnsigned", MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_double));
    }

    static void erf(CodeBuilder code) {
        own("erf", code);
    }

    /// A function of [ScalarFunctions] from double to double.
    static void own(String name, CodeBuilder code) {
        code.invokestatic(OWN, name, DOUBLE_TO_DOUBLE);
    }

    /// A function of [Math] from double to double.
    static void math(String name, CodeBuilder code) {
        code.invokestatic(MATH, name, DOUBLE_TO_DOUBLE);
    }

    /// A function of [Math] of `arity` numbers of one kind, which yields one too.
    static void math(String name, TypeKind kind, int arity, CodeBuilder code) {
        ClassDesc type = kind.upperBound();
        ClassDesc[] parameters = new ClassDesc[arity];
        java.util.Arrays.fill(parameters, type);
        code.invokestatic(MATH, name, MethodTypeDesc.of(type, parameters));
    }

    /// Leaves a negative int, zero or a positive int for two ints or longs.
    static void compare(TypeKind kind, boolean unsigned, CodeBuilder code) {
        ClassDesc owner = ClassDesc.of(kind == TypeKind.INT ? "java.lang.Integer" : "java.lang.Long");
        ClassDesc type = kind.upperBound();
        code.invokestatic(
                owner, unsigned ? "compareUnsigned" : "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type));
    }
}
