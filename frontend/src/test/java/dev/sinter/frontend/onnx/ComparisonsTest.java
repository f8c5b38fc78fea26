package dev.sinter.frontend.onnx;

import static dev.sinter.frontend.onnx.OnnxBuilder.integer;
import static dev.sinter.frontend.onnx.OnnxBuilder.opset;
import static dev.sinter.frontend.onnx.OnnxBuilder.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Comparisons, truth values and what chooses by them, of tensors that are computed or known.
@NullMarked
class ComparisonsTest {
    private static final int BOOL = DataType.BOOL.number();

    private static String printed(OnnxBuilder model) {
        return model.graph().nodes().stream().map(GraphPrinter::print).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Tensor run(OnnxBuilder model, Map<String, Tensor> inputs) {
        return Objects.requireNonNull(Interpreter.run(model.graph(), inputs).get("y"));
    }

    @Test
    void before_opset_7_operands_are_compared_from_an_axis_on() {
        assertEquals(
                """
                %y/reshape: f32[3,1] = reshape(%b) shape=[3,1]
                %y: bool[2,3,4] = less(%a, %y/reshape)
                """,
                printed(opset(6).input("a", 2, 3, 4)
                        .input("b", 3)
                        .node("Less", "a b", "y", integer("broadcast", 1), integer("axis", 1))
                        .output("y", BOOL)));
    }

    @Test
    void nothing_holds_of_nan() {
        Tensor a = Tensor.ofFloats(Shape.of(3), Float.NaN, 1, 2);
        for (String operator : new String[] {"Equal", "Less", "Greater", "LessOrEqual", "GreaterOrEqual"}) {
            Tensor y = run(opset(16).input("a", 3).node(operator, "a a", "y").output("y", BOOL), Map.of("a", a));
            boolean holds = operator.contains("Equal");
            assertArrayEquals(new long[] {0, holds ? 1 : 0, holds ? 1 : 0}, y.toLongs(), operator);
        }
    }

    @Test
    void any_byte_but_zero_is_true() {
        Tensor a = Tensor.allocate(TensorType.of(ElementType.BOOL, 3));
        a.data().set(ValueLayout.JAVA_BYTE, 0, (byte) 2);
        a.data().set(ValueLayout.JAVA_BYTE, 1, (byte) -1);
        OnnxBuilder model = opset(16)
                .input(BOOL, "a", 3)
                .node("Not", "a", "n")
                .node("Xor", "a n", "y")
                .output("y", BOOL);
        assertArrayEquals(new long[] {1, 1, 1}, run(model, Map.of("a", a)).toLongs());
    }

    @Test
    void a_known_condition_is_folded() {
        assertEquals(
                "%y: f32[2,5] = reshape(%x) shape=[2,5]\n",
                printed(opset(16)
                        .integers("a", 1, 5)
                        .integers("b", 2, 2)
                        .node("Greater", "a b", "c")
                        .node("Where", "c a b", "s")
                        .input("x", 10)
                        .node("Reshape", "x s", "y")
                        .output("y")));
    }

    @Test
    void remainders_of_reals_must_be_asked_for_as_in_c() {
        CompileException fault = assertThrows(
                CompileException.class,
                () -> opset(13)
                        .input("a", 2)
                        .input("b", 2)
                        .node("Mod", "a b", "y")
                        .output("y")
                        .graph());
        assertEquals(Code.ONNX_ATTRIBUTE, fault.code());
        Tensor a = Tensor.ofFloats(Shape.of(2), -5, 5);
        Tensor b = Tensor.ofFloats(Shape.of(2), 3, -3);
        OnnxBuilder model = opset(13)
                .input("a", 2)
                .input("b", 2)
                .node("Mod", "a b", "y", integer("fmod", 1))
                .output("y");
        assertArrayEquals(
                new float[] {-2, 2}, run(model, Map.of("a", a, "b", b)).toFloats());
    }

    @Test
    void remainders_of_integers_have_the_divisors_sign_unless_asked_otherwise() {
        Tensor a = Tensor.ofLongs(Shape.of(5), -5, 5, -6, 7, 4);
        Tensor b = Tensor.ofLongs(Shape.of(5), 3, -3, 3, 0, -1);
        Map<String, Tensor> inputs = Map.of("a", a, "b", b);
        int type = DataType.INT64.number();
        OnnxBuilder python = opset(13)
                .input(type, "a", 5)
                .input(type, "b", 5)
                .node("Mod", "a b", "y")
                .output("y", type);
        assertArrayEquals(new long[] {1, -1, 0, 0, 0}, run(python, inputs).toLongs());
        OnnxBuilder c = opset(13)
                .input(type, "a", 5)
                .input(type, "b", 5)
                .node("Mod", "a b", "y", integer("fmod", 1))
                .output("y", type);
        assertArrayEquals(new long[] {-2, 2, 0, 0, 0}, run(c, inputs).toLongs());
    }

    @Test
    void a_shift_has_a_direction_and_unsigned_operands() {
        int type = DataType.UINT8.number();
        OnnxBuilder model = opset(11)
                .input(type, "a", 2)
                .input(type, "b", 2)
                .node("BitShift", "a b", "y", text("direction", "LEFT"))
                .output("y", type);
        Tensor a = Tensor.allocate(TensorType.of(ElementType.UINT8, 2));
        a.setLong(0, 129);
        a.setLong(1, 1);
        Tensor b = Tensor.allocate(TensorType.of(ElementType.UINT8, 2));
        b.setLong(0, 1);
        b.setLong(1, 8);
        assertArrayEquals(new long[] {2, 0}, run(model, Map.of("a", a, "b", b)).toLongs());
        for (OnnxBuilder wrong : new OnnxBuilder[] {
            opset(11).input(type, "a", 2).node("BitShift", "a a", "y").output("y", type),
            opset(11)
                    .input(DataType.INT8.number(), "a", 2)
                    .node("BitShift", "a a", "y", text("direction", "LEFT"))
                    .output("y", DataType.INT8.number())
        }) {
            assertThrows(CompileException.class, wrong::graph);
        }
    }

    @Test
    void powers_have_the_type_of_their_base() {
        int type = DataType.INT32.number();
        OnnxBuilder model = opset(15)
                .input(type, "a", 4)
                .input("b", 4)
                .node("Pow", "a b", "y")
                .output("y", type);
        Tensor a = Tensor.allocate(TensorType.of(ElementType.INT32, 4));
        long[] bases = {4, -2, 10, 7};
        for (int i = 0; i < bases.length; i++) {
            a.setLong(i, bases[i]);
        }
        Tensor b = Tensor.ofFloats(Shape.of(4), 0.5f, 3, -1, 0.5f);
        assertArrayEquals(
                new long[] {2, -8, 0, 2}, run(model, Map.of("a", a, "b", b)).toLongs());
    }
}
