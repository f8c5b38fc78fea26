package dev.sinter.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.BinaryFunction;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.UnaryFunction;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every function, type and way to touch memory that a kernel may have, in kernels written by hand.
class FunctionKernelsTest {
    private static final int ELEMENTS = 96;

    /// Work-items that each compute the next `lanes` elements.
    private static final class Lanes {
        private final Axis item;
        private final Axis lane;

        Lanes(int lanes) {
            this.item = new Axis("item", ELEMENTS / lanes);
            this.lane = new Axis("lane", lanes);
        }

        Index position() {
            return Index.of(item).times(lane.extent()).plus(Index.of(lane));
        }

        Stmt vector(Stmt... body) {
            return Stmt.For.over(lane, LoopKind.VECTOR, List.of(body));
        }

        Kernel kernel(Buffer output, List<Buffer> inputs, Stmt... body) {
            List<Kernel.Argument> arguments = new ArrayList<>();
            inputs.forEach(input -> arguments.add(argument(input, false)));
            arguments.add(argument(output, true));
            return new Kernel(
                    "k",
                    "k",
                    arguments,
                    new Launch.NdRange(List.of(new Launch.Dimension(item, new Axis("one", 1)))),
                    List.of(body));
        }
    }

    private static Kernel.Argument argument(Buffer buffer, boolean written) {
        TensorType type = TensorType.of(buffer.element(), buffer.elements());
        return new Kernel.Argument(buffer, new Value(buffer.name(), type), Layout.rowMajor(type.shape()), written);
    }

    private static Buffer buffer(String name, ElementType type) {
        return new Buffer(name, type, ELEMENTS);
    }

    private static Stmt store(Buffer buffer, Index offset, KernelExpr value) {
        return new Stmt.Store(buffer, offset, value, Optional.empty());
    }

    /// A kernel that stores `value` of elements of two inputs of one type.
    private static Kernel binary(int lanes, ElementType type, java.util.function.BinaryOperator<KernelExpr> value) {
        Lanes shape = new Lanes(lanes);
        Buffer a = buffer("a", type);
        Buffer b = buffer("b", type);
        KernelExpr result =
                value.apply(new KernelExpr.Load(a, shape.position()), new KernelExpr.Load(b, shape.position()));
        Buffer y = buffer("y", result.type());
        return shape.kernel(y, List.of(a, b), shape.vector(store(y, shape.position(), result)));
    }

    private static final Set<Object> OF_BITS = Set.of(
            UnaryFunction.NOT,
            BinaryFunction.AND,
            BinaryFunction.OR,
            BinaryFunction.XOR,
            BinaryFunction.SHIFT_LEFT,
            BinaryFunction.SHIFT_RIGHT);

    private static final Set<Object> INVERSE_HYPERBOLIC =
            Set.of(UnaryFunction.ASINH, UnaryFunction.ACOSH, UnaryFunction.ATANH);

    static Stream<Arguments> functions() {
        return Stream.concat(Arrays.stream(UnaryFunction.values()), Arrays.stream(BinaryFunction.values()))
                .filter(function -> !OF_BITS.contains(function))
                .flatMap(function -> IntStream.of(1, 2, 4, 8, 16).mapToObj(lanes -> Arguments.of(function, lanes)));
    }

    private static KernelExpr apply(Object function, KernelExpr a, KernelExpr b) {
        return function instanceof UnaryFunction unary
                ? a.apply(unary)
                : new KernelExpr.Binary((BinaryFunction) function, a, b);
    }

    /// By how much two ways to compute a function may differ, each of them right to a unit or two.
    private static int ulps(Object function, int lanes) {
        if (function == UnaryFunction.ERF) {
            return 1;
        }
        boolean own = function == UnaryFunction.EXP || function == UnaryFunction.TANH;
        return own && lanes > 1 ? 2 : 0;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void functions_of_floats(Object function, int lanes) {
        int ulps = ulps(function, lanes);
        Kernel kernel = binary(lanes, ElementType.FLOAT32, (a, b) -> apply(function, a, b));
        Evaluated.assertWithin(ulps, kernel, Evaluated.normal(1));
        Evaluated.assertWithin(ulps, kernel, Evaluated.extreme(2));
    }

    /// Powers of two are taken out of floats alone.
    static Stream<Arguments> functionsOfDoubles() {
        return functions().filter(arguments -> arguments.get()[0] != UnaryFunction.LEADING_POWER);
    }

    @ParameterizedTest
    @MethodSource("functionsOfDoubles")
    void functions_of_doubles(Object function, int lanes) {
        int ulps = INVERSE_HYPERBOLIC.contains(function) ? 4 : function == UnaryFunction.ERF ? 1 : 0;
        Kernel kernel = binary(lanes, ElementType.FLOAT64, (a, b) -> apply(function, a, b));
        Evaluated.assertWithin(ulps, kernel, Evaluated.normal(1));
        Evaluated.assertWithin(ulps, kernel, Evaluated.extreme(2));
    }

    static Stream<Arguments> integers() {
        return Arrays.stream(ElementType.values())
                .filter(type -> !type.isFloating())
                .flatMap(type -> IntStream.of(1, 8).mapToObj(lanes -> Arguments.of(type, lanes)));
    }

    @ParameterizedTest
    @MethodSource("integers")
    void arithmetic_of_integers_wraps(ElementType type, int lanes) {
        for (BinaryFunction function : BinaryFunction.values()) {
            // What a shift by too much yields is not said.
            boolean isShift = function == BinaryFunction.SHIFT_LEFT || function == BinaryFunction.SHIFT_RIGHT;
            Kernel kernel =
                    binary(lanes, type, (a, b) -> apply(function, a, isShift ? KernelExpr.constant(5, type) : b));
            Evaluated.assertSameBits(kernel, Evaluated.normal(3));
        }
        Evaluated.assertSameBits(
                binary(lanes, type, (a, b) -> new KernelExpr.MultiplyAdd(a, b, a)), Evaluated.normal(4));
        Evaluated.assertSameBits(binary(lanes, type, (a, _) -> a.apply(UnaryFunction.NEGATE)), Evaluated.normal(5));
        Evaluated.assertSameBits(binary(lanes, type, (a, _) -> a.apply(UnaryFunction.ABS)), Evaluated.normal(6));
        Evaluated.assertSameBits(binary(lanes, type, (a, _) -> a.apply(UnaryFunction.NOT)), Evaluated.normal(7));
    }

    static Stream<Arguments> conversions() {
        return Arrays.stream(ElementType.values())
                .filter(type -> type != ElementType.FLOAT16)
                .flatMap(type -> IntStream.of(1, 8).mapToObj(lanes -> Arguments.of(type, lanes)));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void every_type_converts_to_every_other(ElementType from, int lanes) {
        for (ElementType to : ElementType.values()) {
            if (to != ElementType.FLOAT16) {
                Evaluated.assertSameBits(
                        binary(lanes, from, (a, b) -> new KernelExpr.Cast(a.times(b), to)), Evaluated.normal(7));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void comparisons_choose_and_fail_for_nan(ElementType type, int lanes) {
        for (Expr.Comparison comparison : Expr.Comparison.values()) {
            Kernel kernel = binary(
                    lanes, type, (a, b) -> new KernelExpr.Select(comparison, a, b, a, KernelExpr.constant(7, type)));
            Evaluated.assertSameBits(kernel, Evaluated.normal(8));
            Evaluated.assertSameBits(kernel, Evaluated.extreme(9));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void positions_become_numbers(int lanes) {
        Lanes shape = new Lanes(lanes);
        Buffer y = buffer("y", ElementType.FLOAT32);
        Index odd = shape.position().times(3).plus(-7).clamped(0, 100).modulo(11);
        KernelExpr value = new KernelExpr.Position(odd, ElementType.FLOAT32)
                .plus(new KernelExpr.Position(Index.of(shape.item), ElementType.FLOAT32));
        Evaluated.assertSameBits(
                shape.kernel(y, List.of(), shape.vector(store(y, shape.position(), value))), Evaluated.normal(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void loads_and_stores_need_not_be_side_by_side(int lanes) {
        Lanes shape = new Lanes(lanes);
        Buffer x = buffer("x", ElementType.FLOAT32);
        Buffer y = buffer("y", ElementType.FLOAT32);
        Index reversed = Index.of(ELEMENTS - 1).minus(shape.position());
        Index shuffled = shape.position()
                .modulo(8)
                .times(ELEMENTS / 8)
                .plus(shape.position().dividedBy(8));
        KernelExpr value = new KernelExpr.Load(x, shuffled).minus(new KernelExpr.Load(x, Index.of(shape.item)));
        Evaluated.assertSameBits(
                shape.kernel(y, List.of(x), shape.vector(store(y, reversed, value))), Evaluated.normal(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void lanes_outside_are_not_stored(int lanes) {
        Lanes shape = new Lanes(lanes);
        Buffer x = buffer("x", ElementType.FLOAT32);
        Buffer y = new Buffer("y", ElementType.FLOAT32, ELEMENTS - 5);
        Stmt.Condition inside = new Stmt.Condition(shape.position(), 2, ELEMENTS - 5);
        Stmt store = new Stmt.Store(y, shape.position(), new KernelExpr.Load(x, shape.position()), Optional.of(inside));
        Stmt body = lanes == 1
                ? new Stmt.If(
                        List.of(inside),
                        List.of(store(y, shape.position(), KernelExpr.constant(3, ElementType.FLOAT32))))
                : store;
        Evaluated.assertSameBits(shape.kernel(y, List.of(x), shape.vector(body)), Evaluated.normal(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "FLOAT64", "INT32", "UINT8", "INT64"})
    void an_array_that_a_serial_loop_indexes_is_an_array(ElementType type) {
        for (int lanes : new int[] {1, 8}) {
            Lanes shape = new Lanes(lanes);
            Buffer x = buffer("x", type);
            Buffer y = buffer("y", type);
            Axis i = new Axis("i", 3);
            KernelArray array = new KernelArray("a", type, List.of(2L, 3L), lanes);
            KernelExpr.Element row0 = new KernelExpr.Element(array, List.of(Index.ZERO, Index.of(i)));
            KernelExpr.Element row1 = new KernelExpr.Element(
                    array, List.of(Index.of(1), Index.of(2).minus(Index.of(i))));
            KernelExpr load = new KernelExpr.Load(x, shape.position());
            Kernel kernel = shape.kernel(
                    y,
                    List.of(x),
                    new Stmt.Allocate(array),
                    Stmt.For.over(
                            i,
                            LoopKind.SERIAL,
                            List.of(shape.vector(
                                    new Stmt.Assign(row0, load.plus(new KernelExpr.Position(Index.of(i), type))),
                                    new Stmt.Assign(row1, row0.times(row0))))),
                    Stmt.For.over(i, LoopKind.SERIAL, List.of(shape.vector(new Stmt.Assign(row0, row0.plus(row1))))),
                    shape.vector(store(
                            y, shape.position(), new KernelExpr.Element(array, List.of(Index.ZERO, Index.of(2))))));
            Evaluated.assertSameBits(kernel, Evaluated.normal(1));
        }
    }

    @Test
    void a_vector_of_floats_is_rounded_to_integers_lane_by_lane() {
        Lanes shape = new Lanes(8);
        Buffer x = buffer("x", ElementType.FLOAT32);
        Buffer y = buffer("y", ElementType.UINT8);
        KernelArray register = new KernelArray("r", ElementType.FLOAT32, List.of(), 8);
        KernelExpr.Element value = new KernelExpr.Element(register, List.of());
        KernelExpr scaled =
                new KernelExpr.Load(x, shape.position()).times(KernelExpr.constant(50, ElementType.FLOAT32));
        Kernel kernel = shape.kernel(
                y,
                List.of(x),
                new Stmt.Allocate(register),
                shape.vector(
                        new Stmt.Assign(value, scaled),
                        store(
                                y,
                                shape.position(),
                                new KernelExpr.Cast(value.apply(UnaryFunction.ABS), ElementType.UINT8))));
        Evaluated.assertSameBits(kernel, Evaluated.normal(1));
    }

    @Test
    void a_vector_that_the_vector_api_does_not_have_is_refused() {
        Kernel kernel = binary(3, ElementType.FLOAT32, KernelExpr::plus);
        CompileException refused = assertThrows(CompileException.class, () -> JvmKernel.compile(kernel));
        assertEquals("k", refused.where());
    }
}
