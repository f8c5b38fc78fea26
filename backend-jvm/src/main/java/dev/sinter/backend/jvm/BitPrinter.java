package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.type.ElementType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/// Prints operations on the bits of the integers on top of the operand stack.
record BitPrinter(CodeBuilder code) {
    void not(ElementType type) {
        if (isLong(type)) {
            code.loadConstant(-1L).lxor();
        } else {
            code.loadConstant(-1).ixor();
        }
    }

    void print(BinaryFunction function, ElementType type) {
        if (isLong(type)) {
            longs(function, type);
        } else {
            ints(function, type);
        }
    }

    /// The carrier of an integer decides, but no floating-point number may come here.
    private static boolean isLong(ElementType type) {
        return switch (JvmTypes.carrier(type)) {
            case LONG -> true;
            case INT -> false;
            default -> throw new CompilerFault("the bits of " + type);
        };
    }

    private void ints(BinaryFunction function, ElementType type) {
        switch (function) {
            case AND -> code.iand();
            case OR -> code.ior();
            case XOR -> code.ixor();
            case SHIFT_LEFT -> code.ishl();
            case SHIFT_RIGHT -> {
                if (ScalarPrinter.isUnsigned(type)) {
                    code.iushr();
                } else {
                    code.ishr();
                }
            }
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAX, MIN, POWER, REMAINDER -> throw notOfBits(function);
        }
    }

    private void longs(BinaryFunction function, ElementType type) {
        switch (function) {
            case AND -> code.land();
            case OR -> code.lor();
            case XOR -> code.lxor();
            case SHIFT_LEFT -> shiftAmount().lshl();
            case SHIFT_RIGHT -> {
                if (ScalarPrinter.isUnsigned(type)) {
                    shiftAmount().lushr();
                } else {
                    shiftAmount().lshr();
                }
            }
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAX, MIN, POWER, REMAINDER -> throw notOfBits(function);
        }
    }

    /// Longs are shifted by ints.
    private CodeBuilder shiftAmount() {
        return code.conversion(TypeKind.LONG, TypeKind.INT);
    }

    private static CompilerFault notOfBits(BinaryFunction function) {
        return new CompilerFault(function + " is no operation on bits");
    }
}
