package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.kernel.Widths;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Prints expressions. Inside a vector loop an expression has as many numbers side by side as the loop has
/// lanes, unless nothing in it differs between them.
final class ExprPrinter {
    private final IndexPrinter indices;
    private final Map<String, String> helpers = new TreeMap<>();
    private final Conversions conversions = new Conversions(helpers);
    private final IntegerHelpers integers = new IntegerHelpers(helpers);
    private Optional<Axis> lanes = Optional.empty();
    private boolean makesIntegersOfReals;
    private boolean usesHalf;

    ExprPrinter(IndexPrinter indices) {
        this.indices = indices;
    }

    /// Functions that the printed expressions call.
    String helpers() {
        return String.join("\n", helpers.values()) + (helpers.isEmpty() ? "" : "\n");
    }

    void startKernel() {
        makesIntegersOfReals = false;
    }

    /// Whether any printed expression is of half-precision numbers.
    boolean usesHalf() {
        return usesHalf;
    }

    /// Whether an expression printed since the kernel began is an integer that was a floating-point number.
    boolean makesIntegersOfReals() {
        return makesIntegersOfReals;
    }

    void enterLanes(Axis axis) {
        lanes = axis.extent() > 1 ? Optional.of(axis) : Optional.empty();
    }

    void leaveLanes() {
        lanes = Optional.empty();
    }

    Optional<Axis> lanes() {
        return lanes;
    }

    /// The offset of one lane.
    static Index lane(Index index, Axis lanes, long lane) {
        return index.substitute(axis -> axis == lanes ? Index.of(lane) : Index.of(axis));
    }

    /// `expr` with `width` numbers side by side.
    String value(KernelExpr expr, int width) {
        String text = bare(expr);
        return Widths.of(expr, lanes) == width ? text : "(" + Types.vector(expr.type(), width) + ")(" + text + ")";
    }

    private String bare(KernelExpr expr) {
        int width = Widths.of(expr, lanes);
        usesHalf |= expr.type() == ElementType.FLOAT16;
        return switch (expr) {
            case KernelExpr.Constant(double value, ElementType type) -> constant(value, type);
            case KernelExpr.Load(Buffer buffer, Index offset) -> {
                String loaded = load(buffer, offset, width);
                yield buffer.element() == ElementType.BOOL ? IntegerHelpers.truth(loaded, width) : loaded;
            }
            case KernelExpr.Element element ->
                Widths.areNeighbours(element, lanes)
                        ? "vload" + width + "(0, " + first(element) + ")"
                        : element(element);
            case KernelExpr.Unary(UnaryFunction function, KernelExpr operand) -> unary(function, operand);
            case KernelExpr.Binary(BinaryFunction function, KernelExpr left, KernelExpr right) ->
                binary(function, left, right, width);
            case KernelExpr.MultiplyAdd(KernelExpr left, KernelExpr right, KernelExpr addend) ->
                multiplyAdd(value(left, width), value(right, width), value(addend, width), addend.type(), width);
            case KernelExpr.Select(
                    Expr.Comparison comparison,
                    KernelExpr left,
                    KernelExpr right,
                    KernelExpr then,
                    KernelExpr otherwise) ->
                "(" + condition(comparison, left, right, then.type(), width) + " ? " + value(then, width) + " : "
                        + value(otherwise, width) + ")";
            case KernelExpr.Within(Index index, long lo, long hi, KernelExpr value, KernelExpr otherwise) ->
                "(" + within(index, lo, hi) + " ? " + value(value, width) + " : " + value(otherwise, width) + ")";
            case KernelExpr.Cast(KernelExpr operand, ElementType type) -> {
                makesIntegersOfReals |= operand.type().isFloating() && !type.isFloating();
                yield conversions.print(operand.type(), type, width, bare(operand));
            }
            case KernelExpr.Position(Index index, ElementType type) -> position(index, type, Widths.of(expr, lanes));
        };
    }

    private String position(Index index, ElementType type, int width) {
        if (width == 1) {
            return "(" + Types.scalar(type) + ")(" + indices.print(index) + ")";
        }
        return IntStream.range(0, width)
                .mapToObj(each -> indices.print(lane(index, lanes.orElseThrow(), each)))
                .collect(Collectors.joining(", ", "(" + Types.vector(type, width) + ")(", ")"));
    }

    private String load(Buffer buffer, Index offset, int width) {
        if (width == 1) {
            return buffer.name() + "[" + indices.print(offset) + "]";
        }
        Axis axis = lanes.orElseThrow();
        if (offset.isUnitStride(axis)) {
            return "vload" + width + "(0, " + buffer.name() + " + " + indices.print(lane(offset, axis, 0)) + ")";
        }
        if (offset.isStride(axis, 2)) {
            return everyOther(buffer, offset, axis);
        }
        if (isAffine(offset, axis)) {
            return gather(buffer, offset, axis);
        }
        List<String> gathered = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            gathered.add(buffer.name() + "[" + indices.print(lane(offset, axis, i)) + "]");
        }
        return "(" + Types.vector(buffer.element(), width) + ")(" + String.join(", ", gathered) + ")";
    }

    /// Every second element, out of two vectors that reach no further than the last of them.
    private String everyOther(Buffer buffer, Index offset, Axis axis) {
        int width = Math.toIntExact(axis.extent());
        String type = Types.vector(buffer.element(), width);
        helpers.put(
                "every_other_" + type,
                "static inline " + type + " every_other_" + type + "(__global const " + Types.scalar(buffer.element())
                        + "* p) {\n    return (" + type + ")(vload" + width + "(0, p).even, vload" + width + "(0, p + "
                        + (width - 1) + ").odd);\n}");
        return "every_other_" + type + "(" + buffer.name() + " + " + indices.print(lane(offset, axis, 0)) + ")";
    }

    /// True if neighbouring lanes lie a constant number of elements apart.
    static boolean isAffine(Index offset, Axis lanes) {
        return !offset.minus(Index.of(lanes).times(offset.coefficient(lanes))).dependsOn(lanes);
    }

    private String gather(Buffer buffer, Index offset, Axis axis) {
        int width = Math.toIntExact(axis.extent());
        String type = Types.vector(buffer.element(), width);
        String lanes = IntStream.range(0, width)
                .mapToObj(lane -> "p[" + lane + " * stride]")
                .collect(Collectors.joining(", "));
        helpers.put(
                "gather_" + type,
                "static inline " + type + " gather_" + type + "(__global const " + Types.scalar(buffer.element())
                        + "* p, const long stride) {\n    return (" + type + ")(" + lanes + ");\n}");
        return "gather_" + type + "(" + buffer.name() + " + " + indices.print(lane(offset, axis, 0)) + ", "
                + offset.coefficient(axis) + ")";
    }

    /// A call that stores the lanes of `value` a constant number of elements apart; as many as the guard allows, from
    /// the first on.
    String scatter(Stmt.Store store, String value, Axis axis) {
        int width = Math.toIntExact(axis.extent());
        String scalar = Types.scalar(store.buffer().element());
        String type = Types.vector(store.buffer().element(), width);
        helpers.put(
                "scatter_" + type,
                "static inline void scatter_" + type + "(const " + type + " lanes, const long count, __global " + scalar
                        + "* p, const long stride) {\n    " + scalar + " each[" + width + "];\n    vstore" + width
                        + "(lanes, 0, each);\n    #pragma unroll\n    for (int i = 0; i < " + width
                        + "; ++i) {\n"
                        + "        if (i < count) {\n"
                        + "            p[i * stride] = each[i];\n"
                        + "        }\n"
                        + "    }\n"
                        + "}");
        return "scatter_" + type + "(" + value + ", " + count(store, axis) + ", "
                + store.buffer().name() + " + " + indices.print(lane(store.offset(), axis, 0)) + ", "
                + store.offset().coefficient(axis) + ")";
    }

    private String count(Stmt.Store store, Axis axis) {
        if (store.lanes().isEmpty()) {
            return String.valueOf(axis.extent());
        }
        Stmt.Condition condition = store.lanes().get();
        if (condition.index().coefficient(axis) != 1
                || condition.lo() > condition.index().range().lo()) {
            throw new CompilerFault("lanes are guarded by " + condition + ", which does not end them");
        }
        return indices.print(Index.of(condition.hi()).minus(lane(condition.index(), axis, 0)));
    }

    private static String multiplyAdd(String left, String right, String addend, ElementType type, int width) {
        return type.isFloating()
                ? "fma(" + left + ", " + right + ", " + addend + ")"
                : IntegerHelpers.wrapped(type, width, "(" + left + " * " + right + " + " + addend + ")");
    }

    /// A vector of truth values has elements as wide as those that it chooses between.
    private String condition(
            Expr.Comparison comparison, KernelExpr left, KernelExpr right, ElementType chosen, int width) {
        String test = value(left, width) + " " + operator(comparison) + " " + value(right, width);
        if (width == 1 || left.type().bytes() == chosen.bytes()) {
            return test;
        }
        return "convert_" + Types.vector(IntegerHelpers.signed(chosen), width) + "(" + test + ")";
    }

    /// An assignment to an element of an array, or to neighbours in it.
    String assignment(Stmt.Assign assign) {
        KernelExpr.Element target = assign.target();
        int width = Widths.of(target, lanes);
        String value = value(assign.value(), width);
        return Widths.areNeighbours(target, lanes)
                ? "vstore" + width + "(" + value + ", 0, " + first(target) + ")"
                : element(target) + " = " + value;
    }

    /// The address of the element that lane 0 stands for.
    private String first(KernelExpr.Element element) {
        Axis axis = lanes.orElseThrow();
        return "&"
                + element(new KernelExpr.Element(
                        element.array(),
                        element.coordinates().stream()
                                .map(index -> lane(index, axis, 0))
                                .toList()));
    }

    String element(KernelExpr.Element register) {
        StringBuilder text = new StringBuilder(register.array().name());
        register.places()
                .forEach(index -> text.append('[').append(indices.print(index)).append(']'));
        return text.toString();
    }

    private String unary(UnaryFunction function, KernelExpr operand) {
        String inner = bare(operand);
        int width = Widths.of(operand, lanes);
        return switch (function) {
            case NEGATE -> IntegerHelpers.wrapped(operand.type(), width, "(-" + inner + ")");
            case NOT -> IntegerHelpers.wrapped(operand.type(), width, "(~" + inner + ")");
            case ABS ->
                operand.type().isFloating()
                        ? "fabs(" + inner + ")"
                        : IntegerHelpers.magnitude(operand.type(), width, inner);
            case EXP -> "exp(" + inner + ")";
            case LOG -> "log(" + inner + ")";
            case SQRT -> "sqrt(" + inner + ")";
            case TANH -> "tanh(" + inner + ")";
            case ERF -> "erf(" + inner + ")";
            case FLOOR -> "floor(" + inner + ")";
            case CEIL -> "ceil(" + inner + ")";
            case ROUND_EVEN -> "rint(" + inner + ")";
            case LEADING_POWER -> conversions.leadingPower(Widths.of(operand, lanes), inner);
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH ->
                function.name().toLowerCase(Locale.ROOT) + "(" + inner + ")";
        };
    }

    private String binary(BinaryFunction function, KernelExpr left, KernelExpr right, int width) {
        String a = value(left, width);
        String b = value(right, width);
        return switch (function) {
            case ADD -> operation(left.type(), width, a, "+", b);
            case SUBTRACT -> operation(left.type(), width, a, "-", b);
            case MULTIPLY -> operation(left.type(), width, a, "*", b);
            case DIVIDE ->
                left.type().isFloating() ? "(" + a + " / " + b + ")" : integers.quotient(left.type(), width, a, b);
            case REMAINDER ->
                left.type().isFloating() ? "fmod(" + a + ", " + b + ")" : integers.remainder(left.type(), width, a, b);
            case POWER ->
                left.type().isFloating() ? "pow(" + a + ", " + b + ")" : integers.power(left.type(), width, a, b);
            case AND -> operation(left.type(), width, a, "&", b);
            case OR -> operation(left.type(), width, a, "|", b);
            case XOR -> operation(left.type(), width, a, "^", b);
            case SHIFT_LEFT -> operation(left.type(), width, a, "<<", b);
            case SHIFT_RIGHT -> operation(left.type(), width, a, ">>", b);
            case MAX -> extreme("larger", "<", right, width) + "(" + a + ", " + b + ")";
            case MIN -> extreme("smaller", ">", right, width) + "(" + a + ", " + b + ")";
        };
    }

    private static String operation(ElementType type, int width, String a, String operator, String b) {
        return IntegerHelpers.wrapped(type, width, "(" + a + " " + operator + " " + b + ")");
    }

    /// The name of a function of two numbers: the library's fmax and fmin drop NaN; these comparisons keep it. One
    /// against a constant needs no second test.
    private String extreme(String name, String comparison, KernelExpr right, int width) {
        String type = Types.vector(right.type(), width);
        boolean constant = right instanceof KernelExpr.Constant(double value, _) && !Double.isNaN(value);
        boolean needsNan = right.type().isFloating() && !constant;
        String function = name + (needsNan ? "" : "_than_constant") + "_" + type;
        String test = needsNan ? "(a " + comparison + " b) || (b != b)" : "a " + comparison + " b";
        if (width > 1 && needsNan) {
            test = "((a " + comparison + " b) | (b != b))";
        }
        helpers.put(
                function,
                "static inline " + type + " " + function + "(" + type + " a, " + type + " b) { return " + test
                        + " ? b : a; }");
        return function;
    }

    private static String operator(Expr.Comparison comparison) {
        return switch (comparison) {
            case LESS -> "<";
            case LESS_EQUAL -> "<=";
            case EQUAL -> "==";
        };
    }

    private String within(Index index, long lo, long hi) {
        Range range = index.range();
        String text = indices.print(index);
        List<String> tests = new ArrayList<>();
        if (range.lo() < lo) {
            tests.add(text + " >= " + lo);
        }
        if (range.hi() >= hi) {
            tests.add(text + " < " + hi);
        }
        return tests.isEmpty() ? "true" : "(" + String.join(" && ", tests) + ")";
    }

    private static String constant(double value, ElementType type) {
        if (!type.isFloating()) {
            return String.valueOf((long) value);
        }
        // OpenCL C has no literals of halves, and an operation of one with a float is one of floats.
        String cast = type == ElementType.FLOAT16 ? "(half)" : "";
        if (Double.isNaN(value)) {
            return cast + "NAN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? cast + "INFINITY" : cast + "-INFINITY";
        }
        return type == ElementType.FLOAT64 ? String.valueOf(value) : cast + (float) value + "f";
    }
}
