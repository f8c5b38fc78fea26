package dev.sinter.ir.interp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InterpreterTest {
    private static final Shape SHAPE = Shape.of(1, 1, 2, 2);

    private final Graph.Builder builder = Graph.builder("small");
    private final Value x = builder.input("x", TensorType.float32(1, 1, 2, 2));
    private final Value side = builder.input("side", TensorType.float32(1, 1, 1, 1));
    private final Value weight = builder.constant("weight", Tensor.ofFloats(Shape.of(1, 1, 1, 1), -2));
    private final Value conv = builder.add("conv", Conv.of(1, 0), x, weight);
    private final Value relu = builder.add("relu", Unary.RELU, conv);
    private final Value pool = builder.add("pool", new MaxPool(Window.square(2, 2)), relu);
    private final Value sum = builder.add("sum", Binary.ADD, pool, side);
    private final Graph graph = builder.output(sum, relu).build();

    private static Tensor scalar(float value) {
        return Tensor.ofFloats(Shape.of(1, 1, 1, 1), value);
    }

    @Test
    void runs_a_whole_graph_by_names() {
        Tensor data = Tensor.ofFloats(SHAPE, -1, 2, -3, 4);
        Map<String, Tensor> outputs = Interpreter.run(graph, Map.of("x", data, "side", scalar(0.5f)));
        assertEquals(List.of("sum", "relu"), List.copyOf(outputs.keySet()));
        assertArrayEquals(new float[] {6.5f}, outputs.get("sum").toFloats());
        assertArrayEquals(new float[] {2, 0, 6, 0}, outputs.get("relu").toFloats());
    }

    @Test
    void evaluation_bounds_what_kernels_round() {
        Tensor data = Tensor.ofFloats(SHAPE, -1.5f, 2, -3, 4);
        Interpreter interpreter = new Interpreter(graph, Rounding.serial());
        TensorView view =
                interpreter.evaluate(Map.of("x", data, "side", scalar(0.5f))).get(sum);
        double unit = Math.scalb(1.0, -24);
        assertEquals(2 * unit * 6 + unit * 6.5, view.bound(0), 1e-6 * unit);
    }

    @Test
    void runs_only_the_nodes_between_known_values_and_the_wanted_one() {
        Interpreter interpreter = new Interpreter(graph, Rounding.serial());
        Tensor conjured = Tensor.ofFloats(SHAPE, 7, -8, 9, 10);
        TensorView view = interpreter.between(Map.of(conv, conjured), pool);
        assertEquals(10, view.value(0));
        assertTrue(view.isExact(), "known values have no bound");
    }

    @Test
    void a_wanted_value_is_computed_even_if_it_is_known() {
        Interpreter interpreter = new Interpreter(graph, Rounding.serial());
        Tensor wrong = Tensor.ofFloats(SHAPE, 0, 0, 0, 0);
        Tensor right = Tensor.ofFloats(SHAPE, -1, 5, -1, -1);
        Map<Value, TensorView> views = interpreter.between(Map.of(conv, right, relu, wrong), List.of(relu, pool));
        assertEquals(5, views.get(relu).value(1));
        assertEquals(5, views.get(pool).value(0));
    }

    @Test
    void a_graph_input_that_is_needed_and_not_known_is_a_fault_of_the_compilers() {
        Interpreter interpreter = new Interpreter(graph, Rounding.serial());
        CompilerFault fault =
                assertThrows(CompilerFault.class, () -> interpreter.between(Map.of(pool, scalar(1)), sum));
        assertTrue(fault.getMessage().contains("%side: f32[1,1,1,1]"), fault.getMessage());
    }

    @Test
    void a_missing_input_is_named_with_the_valid_ones() {
        CompileException fault =
                assertThrows(CompileException.class, () -> Interpreter.run(graph, Map.of("side", scalar(1))));
        assertEquals(Code.INPUT_NAME, fault.code());
        assertEquals("x", fault.where());
        assertTrue(fault.getMessage().contains("x f32[1,1,2,2], side f32[1,1,1,1]"), fault.getMessage());
    }

    @Test
    void an_unknown_input_is_named_with_the_nearest() {
        CompileException fault = assertThrows(
                CompileException.class,
                () -> Interpreter.run(
                        graph, Map.of("x", Tensor.allocate(x.type()), "side", scalar(1), "sides", scalar(1))));
        assertEquals(Code.INPUT_NAME, fault.code());
        assertTrue(fault.getMessage().contains("did you mean side?"), fault.getMessage());
    }

    @Test
    void an_input_of_another_type_is_told_both() {
        CompileException shape = assertThrows(
                CompileException.class, () -> Interpreter.run(graph, Map.of("x", scalar(1), "side", scalar(1))));
        assertEquals(Code.INPUT_SHAPE, shape.code());
        assertEquals("is f32[1,1,2,2] but the given tensor is f32[1,1,1,1]", shape.fact());
        Tensor half = Tensor.allocate(x.type().withElement(ElementType.FLOAT16));
        CompileException type = assertThrows(
                CompileException.class, () -> Interpreter.run(graph, Map.of("x", half, "side", scalar(1))));
        assertEquals(Code.INPUT_TYPE, type.code());
    }

    @Test
    void an_output_may_be_an_input_or_a_constant() {
        Graph.Builder other = Graph.builder("pass");
        Value in = other.input("in", TensorType.float32(1));
        Value known = other.constant("known", Tensor.ofFloats(Shape.of(1), 3));
        Graph passing = other.output(in, known).build();
        Map<String, Tensor> outputs = Interpreter.run(passing, Map.of("in", Tensor.ofFloats(Shape.of(1), 2)));
        assertEquals(2, outputs.get("in").get(0));
        assertEquals(3, outputs.get("known").get(0));
    }
}
