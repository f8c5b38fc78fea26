package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Widths;
import dev.sinter.ir.type.ElementType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.Locale;
import java.util.Optional;

/// Prints float32 expressions that yield one number per lane, as calls of the Vector API. Each method leaves a vector
/// on the operand stack.
final class VectorPrinter {
    private final CodeBuilder code;
    private final IndexPrinter indices;
    private final ScalarPrinter scalars;
    private final LanePrinter lanePrinter;
    private final IntegerVectorPrinter integers;
    private final KernelClass owner;
    private final Axis lanes;

    VectorPrinter(
            CodeBuilder code,
            IndexPrinter indices,
            ScalarPrinter scalars,
            LanePrinter lanePrinter,
            KernelClass owner,
            Axis lanes) {
        this.code = code;
        this.indices = indices;
        this.scalars = scalars;
        this.lanePrinter = lanePrinter;
        this.owner = owner;
        this.lanes = lanes;
        this.integers = new IntegerVectorPrinter(code, indices, scalars, this, lanes);
    }

    void value(KernelExpr expr, Frame frame) {
        if (Widths.of(expr, Optional.of(lanes)) == 1) {
            owner.species(lanes, code);
            scalars.value(expr, frame);
            code.invokestatic(VectorTypes.FLOATS, "broadcast", VectorTypes.BROADCAST);
            return;
        }
        switch (expr) {
            case KernelExpr.Load(var buffer, Index offset)
            when offset.isUnitStride(lanes) -> load(frame.slot(buffer), offset.minus(Index.of(lanes)), frame);
            case KernelExpr.Load(var buffer, Index offset)
            when buffer.element() == ElementType.FLOAT32 && offset.isStride(lanes, 2) ->
                everyOther(frame.slot(buffer), offset, frame);
            case KernelExpr.Load _, KernelExpr.Position _ -> lanePrinter.gather(expr, frame);
            case KernelExpr.Element register -> register(register, frame);
            case KernelExpr.Unary(UnaryFunction function, KernelExpr operand) -> {
                value(operand, frame);
                unary(function);
            }
            case KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right) -> {
                operand(left, frame);
                operand(right, frame);
                binary(function, right, frame);
            }
            case KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) -> {
                operand(left, frame);
                operand(right, frame);
                operand(addend, frame);
                code.invokevirtual(VectorTypes.FLOATS, "fma", VectorTypes.FMA);
            }
            case KernelExpr.Select select -> select(select, frame);
            case KernelExpr.Within within -> within(within, frame);
            case KernelExpr.Cast(KernelExpr operand, _) -> {
                if (operand.type() == ElementType.FLOAT32) {
                    value(operand, frame);
                } else if (integers.covers(operand)) {
                    integers.asFloats(operand, frame);
                } else {
                    lanePrinter.gather(expr, frame);
                }
            }
            case KernelExpr.Constant _ -> throw new CompilerFault("a kernel holds " + expr + " as a vector");
        }
    }

    /// Constants of an operation come from fields, which takes less of a method than making them. A variable must not
    /// be set to one: HotSpot keeps a variable in a register only if every value that it gets is new.
    private void operand(KernelExpr expr, Frame frame) {
        if (expr instanceof KernelExpr.Constant(double value, _)) {
            owner.constant((float) value, lanes, code);
        } else {
            value(expr, frame);
        }
    }

    private void load(int array, Index offset, Frame frame) {
        owner.species(lanes, code);
        code.aload(array);
        indices.print(offset, frame);
        code.invokestatic(VectorTypes.FLOATS, "fromArray", VectorTypes.FROM_ARRAY);
    }

    /// Every second element, out of two vectors that reach no further than the last of them.
    private void everyOther(int array, Index offset, Frame frame) {
        Index first = offset.minus(Index.of(lanes).times(2));
        load(array, first, frame);
        load(array, first.plus(Index.of(lanes.extent() - 1)), frame);
        owner.everyOther(lanes, frame.inside().add(TypeKind.REFERENCE), code);
    }

    private void register(KernelExpr.Element register, Frame frame) {
        KernelArray array = register.array();
        if (array.extents().isEmpty()) {
            code.aload(frame.slot(array));
        } else {
            load(frame.slot(array), place(register, lanes), frame);
        }
    }

    /// Where the first lane of an element lies in its array.
    static Index place(KernelExpr.Element register, Axis lanes) {
        return Widths.areNeighbours(register, Optional.of(lanes))
                ? register.offset().minus(Index.of(lanes))
                : register.offset().times(register.array().lanes());
    }

    private void unary(UnaryFunction function) {
        switch (function) {
            case NEGATE -> code.invokevirtual(VectorTypes.FLOATS, "neg", VectorTypes.UNARY);
            case ABS -> code.invokevirtual(VectorTypes.FLOATS, "abs", VectorTypes.UNARY);
            case SQRT -> code.invokevirtual(VectorTypes.FLOATS, "sqrt", VectorTypes.UNARY);
            case EXP -> own("exp");
            case LOG -> own("log");
            case TANH -> own("tanh");
            case ERF -> own("erf");
            case FLOOR -> own("floor");
            case CEIL -> own("ceil");
            case ROUND_EVEN -> own("roundEven");
            case LEADING_POWER -> own("leadingPower");
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH ->
                own(function.name().toLowerCase(Locale.ROOT));
            case NOT -> throw new CompilerFault("the bits of f32");
        }
    }

    private void own(String name) {
        owner.call(name, VectorTypes.OWN_UNARY, code);
    }

    private void binary(BinaryFunction function, KernelExpr right, Frame frame) {
        switch (function) {
            case ADD -> code.invokevirtual(VectorTypes.FLOATS, "add", VectorTypes.BINARY);
            case SUBTRACT -> code.invokevirtual(VectorTypes.FLOATS, "sub", VectorTypes.BINARY);
            case MULTIPLY -> code.invokevirtual(VectorTypes.FLOATS, "mul", VectorTypes.BINARY);
            case DIVIDE -> code.invokevirtual(VectorTypes.FLOATS, "div", VectorTypes.BINARY);
            case POWER -> owner.call("power", VectorTypes.OWN_BINARY, code);
            case MAX -> extreme("LT", right, frame);
            case MIN -> extreme("GT", right, frame);
            case REMAINDER -> owner.call("remainder", VectorTypes.OWN_BINARY, code);
            case AND, OR, XOR, SHIFT_LEFT, SHIFT_RIGHT -> throw new CompilerFault("the bits of f32");
        }
    }

    /// The second of two vectors on the stack where it compares so or is NaN, else the first: the Vector API's own max
    /// and min order zeros, which kernels do not.
    private void extreme(String comparison, KernelExpr right, Frame frame) {
        Frame own = frame.inside();
        int a = own.add(TypeKind.REFERENCE);
        int b = own.add(TypeKind.REFERENCE);
        code.astore(b).astore(a);
        code.aload(a).aload(b);
        code.aload(a);
        compare(comparison, b);
        boolean maybeNan = !(right instanceof KernelExpr.Constant(double value, _)) || Double.isNaN(value);
        if (maybeNan) {
            code.aload(b);
            compare("NE", b);
            code.invokevirtual(VectorTypes.MASK, "or", VectorTypes.OR);
        }
        code.invokevirtual(VectorTypes.FLOATS, "blend", VectorTypes.BLEND);
    }

    /// Leaves the mask of comparing the vector on the stack with the one in `slot`.
    private void compare(String comparison, int slot) {
        code.getstatic(VectorTypes.OPERATORS, comparison, VectorTypes.COMPARISON);
        code.aload(slot);
        code.invokevirtual(VectorTypes.FLOATS, "compare", VectorTypes.COMPARE);
    }

    private void select(KernelExpr.Select select, Frame frame) {
        if (select.left().type() != ElementType.FLOAT32) {
            lanePrinter.gather(select, frame);
            return;
        }
        value(select.otherwise(), frame);
        value(select.then(), frame);
        value(select.left(), frame);
        String comparison = switch (select.comparison()) {
            case LESS -> "LT";
            case LESS_EQUAL -> "LE";
            case EQUAL -> "EQ";
        };
        code.getstatic(VectorTypes.OPERATORS, comparison, VectorTypes.COMPARISON);
        value(select.right(), frame);
        code.invokevirtual(VectorTypes.FLOATS, "compare", VectorTypes.COMPARE);
        code.invokevirtual(VectorTypes.FLOATS, "blend", VectorTypes.BLEND);
    }

    private void within(KernelExpr.Within within, Frame frame) {
        if (within.index().dependsOn(lanes)) {
            lanePrinter.gather(within, frame);
            return;
        }
        Label outside = code.newLabel();
        Label end = code.newLabel();
        scalars.unless(within.index(), within.lo(), within.hi(), outside, frame);
        value(within.value(), frame);
        code.goto_(end).labelBinding(outside);
        value(within.otherwise(), frame);
        code.labelBinding(end);
    }
}
