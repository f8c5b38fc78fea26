package dev.sinter.backend.jvm;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;

/// What HotSpot minds about the size of a method.
///
/// @param bytes of bytecode
/// @param allBytes of all methods of the class together
/// @param registers about how many virtual registers its first compiler (C1) needs, which inlines most of the Vector
/// API
record MethodSize(int bytes, int allBytes, int registers) {
    /// HotSpot leaves larger methods to the interpreter.
    private static final int MOST_BYTES = 7_999;

    /// C1 gives up at 10,000, and a method may then be stuck in code that it compiled without profiling, for which
    /// each vector is an object.
    private static final int MOST_REGISTERS = 8_500;

    boolean isCompilable() {
        return bytes <= MOST_BYTES && registers <= MOST_REGISTERS;
    }

    /// The sizes of a class's methods, whichever method they are of.
    static MethodSize largestOf(byte[] printed) {
        int bytes = 0;
        int all = 0;
        int registers = 0;
        for (var method : ClassFile.of().parse(printed).methods()) {
            CodeModel code = method.code().orElseThrow();
            int length = ((CodeAttribute) code).codeLength();
            bytes = Math.max(bytes, length);
            all += length;
            registers = Math.max(registers, registers(code));
        }
        return new MethodSize(bytes, all, registers);
    }

    private static int registers(CodeModel code) {
        int sum = 0;
        for (var element : code) {
            sum += element instanceof InvokeInstruction invoke
                    ? registersOf(invoke.name().stringValue())
                    : 1;
        }
        return sum;
    }

    /// Measured with methods that call one function again and again (JDK 25): the number of calls at which C1 gives up.
    private static int registersOf(String function) {
        return switch (function) {
            case "fromArray" -> 91;
            case "intoArray" -> 77;
            case "broadcast" -> 48;
            case "or" -> 30;
            default -> 12;
        };
    }
}
