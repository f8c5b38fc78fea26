package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Widths;
import dev.sinter.ir.type.ElementType;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.util.Optional;

/// Prints expressions of int32, one number per lane, as calls of the Vector API, for quantised networks: what lies side
/// by side in memory as integers of up to 32 bits, sums and products of it, and integers of float32. Everything else
/// runs lane by lane. Each method leaves a vector on the operand stack.
final class IntegerVectorPrinter {
    /// Bits of the smallest vector.
    private static final long LEAST_BITS = 64;

    private final CodeBuilder code;
    private final IndexPrinter indices;
    private final ScalarPrinter scalars;
    private final VectorPrinter floats;
    private final Axis lanes;

    IntegerVectorPrinter(
            CodeBuilder code, IndexPrinter indices, ScalarPrinter scalars, VectorPrinter floats, Axis lanes) {
        this.code = code;
        this.indices = indices;
        this.scalars = scalars;
        this.floats = floats;
        this.lanes = lanes;
    }

    /// True for expressions that this prints: of int32, and loads of shorter integers, which are widened.
    boolean covers(KernelExpr expr) {
        if (expr instanceof KernelExpr.Load(Buffer buffer, Index offset) && !isSingle(expr)) {
            return isLoaded(buffer.element()) && offset.isUnitStride(lanes);
        }
        if (expr.type() != ElementType.INT32) {
            return false;
        }
        return isSingle(expr)
                || switch (expr) {
                    case KernelExpr.Cast(KernelExpr operand, _) ->
                        operand.type() == ElementType.FLOAT32 || covers(operand);
                    case KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right) ->
                        name(function).isPresent() && covers(left) && covers(right);
                    case KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) ->
                        covers(left) && covers(right) && covers(addend);
                    case KernelExpr.Constant _,
                            KernelExpr.Load _,
                            KernelExpr.Element _,
                            KernelExpr.Unary _,
                            KernelExpr.Select _,
                            KernelExpr.Within _,
                            KernelExpr.Position _ -> false;
                };
    }

    private boolean isSingle(KernelExpr expr) {
        return Widths.of(expr, Optional.of(lanes)) == 1;
    }

    private boolean isLoaded(ElementType element) {
        return switch (element) {
            case INT8, UINT8, INT16, UINT16, INT32 -> lanes.extent() * element.bytes() * Byte.SIZE >= LEAST_BITS;
            case UINT32, INT64, UINT64, BOOL, FLOAT16, FLOAT32, FLOAT64 -> false;
        };
    }

    private static Optional<String> name(BinaryFunction function) {
        return switch (function) {
            case ADD -> Optional.of("add");
            case SUBTRACT -> Optional.of("sub");
            case MULTIPLY -> Optional.of("mul");
            case MAX -> Optional.of("max");
            case MIN -> Optional.of("min");
            case DIVIDE, REMAINDER, POWER, AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> Optional.empty();
        };
    }

    /// Leaves the float32 numbers nearest to what an expression that this covers yields.
    void asFloats(KernelExpr expr, Frame frame) {
        value(expr, frame);
        convert(VectorTypes.INTEGERS, "I2F", VectorTypes.FLOATS);
    }

    private void value(KernelExpr expr, Frame frame) {
        if (isSingle(expr)) {
            species(ElementType.INT32);
            scalars.value(expr, frame);
            code.invokestatic(VectorTypes.INTEGERS, "broadcast", VectorTypes.BROADCAST_INTEGER);
            return;
        }
        switch (expr) {
            case KernelExpr.Load(Buffer buffer, Index offset) -> load(buffer, offset, frame);
            case KernelExpr.Cast(KernelExpr operand, _) -> {
                if (operand.type() == ElementType.FLOAT32) {
                    floats.value(operand, frame);
                    convert(VectorTypes.FLOATS, "F2I", VectorTypes.INTEGERS);
                } else {
                    value(operand, frame);
                }
            }
            case KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right) -> {
                value(left, frame);
                value(right, frame);
                operation(name(function).orElseThrow());
            }
            case KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) -> {
                value(left, frame);
                value(right, frame);
                operation("mul");
                value(addend, frame);
                operation("add");
            }
            case KernelExpr.Constant _,
                    KernelExpr.Element _,
                    KernelExpr.Unary _,
                    KernelExpr.Select _,
                    KernelExpr.Within _,
                    KernelExpr.Position _ -> throw new CompilerFault("no vector of integers is printed of " + expr);
        }
    }

    private void load(Buffer buffer, Index offset, Frame frame) {
        ElementType element = buffer.element();
        species(element);
        code.aload(frame.slot(buffer));
        indices.print(offset.minus(Index.of(lanes)), frame);
        code.invokestatic(
                VectorTypes.integers(element), "fromArray", VectorTypes.fromArray(element, JvmTypes.array(element)));
        if (element == ElementType.INT32) {
            return;
        }
        code.getstatic(VectorTypes.OPERATORS, VectorTypes.widening(element), VectorTypes.CONVERSION);
        species(ElementType.INT32);
        code.iconst_0();
        code.invokevirtual(VectorTypes.integers(element), "convertShape", VectorTypes.CONVERT_SHAPE);
        code.checkcast(VectorTypes.INTEGERS);
    }

    private void species(ElementType element) {
        int bits = Math.toIntExact(lanes.extent()) * element.bytes() * Byte.SIZE;
        code.getstatic(VectorTypes.integers(element), "SPECIES_" + bits, VectorTypes.SPECIES);
    }

    private void operation(String name) {
        code.invokevirtual(VectorTypes.INTEGERS, name, VectorTypes.BINARY_OF_INTEGERS);
    }

    private void convert(ClassDesc from, String conversion, ClassDesc to) {
        code.getstatic(VectorTypes.OPERATORS, conversion, VectorTypes.CONVERSION);
        code.iconst_0();
        code.invokevirtual(from, "convert", VectorTypes.CONVERT);
        code.checkcast(to);
    }
}
