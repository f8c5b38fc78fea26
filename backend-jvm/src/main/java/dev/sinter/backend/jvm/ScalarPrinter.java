package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.type.ElementType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.Locale;
import java.util.Optional;

/// Prints expressions that yield one number. Each method leaves its value on the operand stack.
final class ScalarPrinter {
    private final CodeBuilder code;
    private final IndexPrinter indices;
    private final BufferAccess memory;
    private final Optional<Axis> lane;

    /// @param lane the variable that counts the lanes, where they are gone through one by one
    ScalarPrinter(CodeBuilder code, IndexPrinter indices, BufferAccess memory, Optional<Axis> lane) {
        this.code = code;
        this.indices = indices;
        this.memory = memory;
        this.lane = lane;
    }

    void value(KernelExpr expr, Frame frame) {
        switch (expr) {
            case KernelExpr.Constant(double value, ElementType type) -> constant(value, type);
            case KernelExpr.Load(Buffer buffer, Index offset) -> {
                code.aload(frame.slot(buffer));
                indices.print(offset, frame);
                memory.load(buffer.element(), code);
                JvmTypes.widen(buffer.element(), code);
            }
            case KernelExpr.Element register -> register(register, frame);
            case KernelExpr.Unary(UnaryFunction function, KernelExpr operand) -> {
                value(operand, frame);
                unary(function, expr.type());
            }
            case KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right) -> {
                value(left, frame);
                value(right, frame);
                binary(function, left.type());
            }
            case KernelExpr.MultiplyAdd multiplyAdd -> multiplyAdd(multiplyAdd, frame);
            case KernelExpr.Select select -> select(select, frame);
            case KernelExpr.Within(Index index, long lo, long hi, KernelExpr value, KernelExpr otherwise) -> {
                Label outside = code.newLabel();
                Label end = code.newLabel();
                unless(index, lo, hi, outside, frame);
                value(value, frame);
                code.goto_(end).labelBinding(outside);
                value(otherwise, frame);
                code.labelBinding(end);
            }
            case KernelExpr.Cast(KernelExpr operand, ElementType type) -> {
                value(operand, frame);
                JvmTypes.convert(operand.type(), type, code);
            }
            case KernelExpr.Position(Index index, ElementType type) -> {
                indices.print(index, frame);
                JvmTypes.convert(ElementType.INT32, type, code);
            }
        }
    }

    private void constant(double value, ElementType type) {
        switch (JvmTypes.carrier(type)) {
            case FLOAT -> code.loadConstant((float) value);
            case DOUBLE -> code.loadConstant(value);
            case LONG -> code.loadConstant((long) value);
            default -> code.loadConstant(type == ElementType.BOOL ? (value != 0 ? 1 : 0) : (int) (long) value);
        }
    }

    private void register(KernelExpr.Element register, Frame frame) {
        KernelArray array = register.array();
        if (LanePrinter.isNumber(array)) {
            code.loadLocal(JvmTypes.carrier(array.element()), frame.slot(array));
            return;
        }
        code.aload(frame.slot(array));
        indices.print(place(register), frame);
        code.arrayLoad(JvmTypes.carrier(array.element()));
    }

    /// Where a register lies in its array, the lanes of one element side by side.
    Index place(KernelExpr.Element register) {
        if (register.array().lanes() == 1) {
            return register.offset();
        }
        Index own = Index.of(lane.orElseThrow(() -> new CompilerFault("a vector is read as a number: " + register)));
        return register.offset().times(register.array().lanes()).plus(own);
    }

    private void unary(UnaryFunction function, ElementType type) {
        TypeKind kind = JvmTypes.carrier(type);
        switch (function) {
            case NEGATE -> {
                switch (kind) {
                    case FLOAT -> code.fneg();
                    case DOUBLE -> code.dneg();
                    case LONG -> code.lneg();
                    default -> code.ineg();
                }
                JvmTypes.wrap(type, code);
            }
            case ABS -> {
                if (!isUnsigned(type)) {
                    Calls.math("abs", kind, 1, code);
                    JvmTypes.wrap(type, code);
                }
            }
            case EXP -> inDouble("exp", type);
            case LOG -> inDouble("log", type);
            case SQRT -> inDouble("sqrt", type);
            case TANH -> inDouble("tanh", type);
            case ERF -> {
                requireFloating(function, type);
                code.conversion(kind, TypeKind.DOUBLE);
                Calls.erf(code);
                code.conversion(TypeKind.DOUBLE, kind);
            }
            case FLOOR -> whole("floor", type);
            case CEIL -> whole("ceil", type);
            case ROUND_EVEN -> whole("rint", type);
            case LEADING_POWER -> {
                if (kind != TypeKind.FLOAT) {
                    throw new CompilerFault(function + " of " + type);
                }
                Calls.leadingPower(code);
            }
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH ->
                inDouble(function.name().toLowerCase(Locale.ROOT), type);
            case ASINH, ACOSH, ATANH -> {
                requireFloating(function, type);
                code.conversion(kind, TypeKind.DOUBLE);
                Calls.own(function.name().toLowerCase(Locale.ROOT), code);
                code.conversion(TypeKind.DOUBLE, kind);
            }
            case NOT -> {
                new BitPrinter(code).not(type);
                JvmTypes.wrap(type, code);
            }
        }
    }

    private void whole(String name, ElementType type) {
        if (type.isFloating()) {
            inDouble(name, type);
        }
    }

    private void inDouble(String name, ElementType type) {
        requireFloating(name, type);
        code.conversion(JvmTypes.carrier(type), TypeKind.DOUBLE);
        Calls.math(name, code);
        code.conversion(TypeKind.DOUBLE, JvmTypes.carrier(type));
    }

    private static void requireFloating(Object function, ElementType type) {
        if (!type.isFloating()) {
            throw new CompilerFault(function + " of " + type);
        }
    }

    static boolean isUnsigned(ElementType type) {
        return switch (type) {
            case UINT8, UINT16, UINT32, UINT64, BOOL -> true;
            case FLOAT16, FLOAT32, FLOAT64, INT8, INT16, INT32, INT64 -> false;
        };
    }

    /// True for numbers whose order is not that of how they are carried.
    private static boolean isOrderedUnsigned(ElementType type) {
        return type == ElementType.UINT32 || type == ElementType.UINT64;
    }

    private void binary(BinaryFunction function, ElementType type) {
        TypeKind kind = JvmTypes.carrier(type);
        String suffix = isOrderedUnsigned(type) ? "Unsigned" : "";
        switch (function) {
            case ADD -> add(kind);
            case SUBTRACT -> {
                switch (kind) {
                    case FLOAT -> code.fsub();
                    case DOUBLE -> code.dsub();
                    case LONG -> code.lsub();
                    default -> code.isub();
                }
            }
            case MULTIPLY -> multiply(kind);
            case DIVIDE -> {
                switch (kind) {
                    case FLOAT -> code.fdiv();
                    case DOUBLE -> code.ddiv();
                    default -> Calls.own("divide" + suffix, kind, code);
                }
            }
            case MAX -> Calls.own("larger" + suffix, kind, code);
            case MIN -> Calls.own("smaller" + suffix, kind, code);
            case POWER -> Calls.own("power" + suffix, kind, code);
            case REMAINDER -> Calls.own("remainder" + suffix, kind, code);
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> new BitPrinter(code).print(function, type);
        }
        JvmTypes.wrap(type, code);
    }

    private void add(TypeKind kind) {
        switch (kind) {
            case FLOAT -> code.fadd();
            case DOUBLE -> code.dadd();
            case LONG -> code.ladd();
            default -> code.iadd();
        }
    }

    private void multiply(TypeKind kind) {
        switch (kind) {
            case FLOAT -> code.fmul();
            case DOUBLE -> code.dmul();
            case LONG -> code.lmul();
            default -> code.imul();
        }
    }

    private void multiplyAdd(KernelExpr.MultiplyAdd expr, Frame frame) {
        TypeKind kind = JvmTypes.carrier(expr.type());
        value(expr.left(), frame);
        value(expr.right(), frame);
        if (expr.type().isFloating()) {
            value(expr.addend(), frame);
            Calls.math("fma", kind, 3, code);
            return;
        }
        multiply(kind);
        value(expr.addend(), frame);
        add(kind);
        JvmTypes.wrap(expr.type(), code);
    }

    private void select(KernelExpr.Select select, Frame frame) {
        ElementType type = select.left().type();
        Label otherwise = code.newLabel();
        Label end = code.newLabel();
        value(select.left(), frame);
        value(select.right(), frame);
        compare(type, select.comparison());
        switch (select.comparison()) {
            case LESS -> code.ifge(otherwise);
            case LESS_EQUAL -> code.ifgt(otherwise);
            case EQUAL -> code.ifne(otherwise);
        }
        value(select.then(), frame);
        code.goto_(end).labelBinding(otherwise);
        value(select.otherwise(), frame);
        code.labelBinding(end);
    }

    /// Leaves an int to compare with zero; a comparison with NaN must fail.
    private void compare(ElementType type, Expr.Comparison comparison) {
        TypeKind kind = JvmTypes.carrier(type);
        boolean equality = comparison == Expr.Comparison.EQUAL;
        switch (kind) {
            case FLOAT -> {
                if (equality) {
                    code.fcmpl();
                } else {
                    code.fcmpg();
                }
            }
            case DOUBLE -> {
                if (equality) {
                    code.dcmpl();
                } else {
                    code.dcmpg();
                }
            }
            default -> Calls.compare(kind, isOrderedUnsigned(type), code);
        }
    }

    /// Jumps to `target` where the condition does not hold.
    void unless(Stmt.Condition condition, Label target, Frame frame) {
        unless(condition.index(), condition.lo(), condition.hi(), target, frame);
    }

    void unless(Index index, long lo, long hi, Label target, Frame frame) {
        Range range = index.range();
        boolean fromZero = lo == 0 && range.lo() < lo && range.hi() >= hi && hi <= Integer.MAX_VALUE;
        if (fromZero) {
            // One unsigned comparison is as good as two.
            indices.print(index, frame);
            code.loadConstant((int) hi);
            Calls.compare(TypeKind.INT, true, code);
            code.ifge(target);
            return;
        }
        if (range.lo() < lo) {
            indices.print(index, frame);
            code.loadConstant(Math.toIntExact(lo));
            code.if_icmplt(target);
        }
        if (range.hi() >= hi) {
            indices.print(index, frame);
            code.loadConstant(Math.toIntExact(hi));
            code.if_icmpge(target);
        }
    }
}
