package dev.sinter.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import com.google.protobuf.TextFormat;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.verify.Verified;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Branches and loops whose way is known, against ONNX Runtime.
@NullMarked
class ControlFlowTest {
    private static final double CLOSE = 1e-5;

    private static byte[] model(long opset, String graph) {
        ModelProto.Builder model = ModelProto.newBuilder();
        try {
            TextFormat.merge(
                    "ir_version: 8 opset_import { version: " + opset + " } graph { name: 'g' " + graph + " }", model);
        } catch (TextFormat.ParseException fault) {
            throw new IllegalArgumentException(fault);
        }
        return model.build().toByteArray();
    }

    private static String port(String kind, String name, int element, Object... dims) {
        StringBuilder text = new StringBuilder(
                kind + " { name: '" + name + "' type { tensor_type { elem_type: " + element + " shape {");
        for (Object dim : dims) {
            text.append(" dim { ")
                    .append(dim instanceof Integer ? "dim_value: " + dim : "dim_param: '" + dim + "'")
                    .append(" }");
        }
        return text + " } } } }\n";
    }

    private static String longs(String name, long... values) {
        StringBuilder text = new StringBuilder("initializer { name: '" + name + "' data_type: 7 ");
        if (values.length != 1) {
            text.append("dims: ").append(values.length);
        }
        for (long value : values) {
            text.append(" int64_data: ").append(value);
        }
        return text + " }\n";
    }

    private static String truth(String name, boolean value) {
        return "initializer { name: '" + name + "' data_type: 9 int32_data: " + (value ? 1 : 0) + " }\n";
    }

    private static String node(String operator, String inputs, String outputs, String... attributes) {
        StringBuilder text = new StringBuilder("node { op_type: '" + operator + "'");
        for (String input : inputs.split(" ")) {
            text.append(" input: '").append(input.equals("-") ? "" : input).append('\'');
        }
        for (String output : outputs.split(" ")) {
            text.append(" output: '").append(output).append('\'');
        }
        for (String attribute : attributes) {
            text.append(" attribute { ").append(attribute).append(" }");
        }
        return text + " }\n";
    }

    private static String body(String name, String graph) {
        return "name: '" + name + "' type: 5 g { name: '" + name + "' " + graph + " }";
    }

    private static String integer(String name, long value) {
        return "name: '" + name + "' type: 2 i: " + value;
    }

    private static String integers(String name, long... values) {
        StringBuilder text = new StringBuilder("name: '" + name + "' type: 7");
        for (long value : values) {
            text.append(" ints: ").append(value);
        }
        return text.toString();
    }

    private static Map<String, Tensor> x(long... dims) {
        return Map.of("x", RandomTensors.normal(TensorType.float32(dims), 0, 1, 3));
    }

    private static Graph agrees(byte[] model, Map<String, Tensor> inputs) throws OrtException {
        Graph graph = Model.parse(model, "flow").graph();
        Map<String, Tensor> expected = OnnxRuntime.run(model, inputs);
        Map<String, Tensor> found = Interpreter.run(graph, inputs);
        expected.forEach((name, wanted) -> {
            Tensor own = Objects.requireNonNull(found.get(name));
            assertEquals(wanted.type(), own.type(), name);
            for (long i = 0; i < wanted.shape().elements(); i++) {
                assertEquals(wanted.get(i), own.get(i), CLOSE, name + " element " + i);
            }
        });
        Verified.bounded(graph, Devices.of(Devices.JVM));
        return graph;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_branch_that_is_taken_is_written_into_the_network(boolean condition) throws OrtException {
        String branches = port("input", "x", 1, 2, 3)
                + truth("c", condition)
                + node("Relu", "x", "before")
                + node(
                        "If",
                        "c",
                        "y",
                        body("then_branch", node("Sigmoid", "before", "t") + port("output", "t", 1, 2, 3)),
                        body(
                                "else_branch",
                                longs("axes", 1)
                                        + node("Add", "before x", "sum")
                                        + node("Tanh", "sum", "e")
                                        + port("output", "e", 1, 2, 3)))
                + node("Neg", "y", "z")
                + port("output", "z", 1, 2, 3);
        Graph graph = agrees(model(13, branches), x(2, 3));
        assertTrue(
                graph.nodes().stream().anyMatch(each -> each.op().mnemonic().equals(condition ? "sigmoid" : "tanh")));
    }

    @Test
    void a_branch_that_is_not_taken_may_have_what_is_not_supported() {
        byte[] model = model(
                13,
                port("input", "x", 1, 2)
                        + truth("c", true)
                        + node(
                                "If",
                                "c",
                                "y",
                                body("then_branch", node("Relu", "x", "t") + port("output", "t", 1, 2)),
                                body("else_branch", node("Unheard", "x", "e") + port("output", "e", 1, 2)))
                        + port("output", "y", 1, 2));
        assertEquals(1, Model.parse(model, "branch").graph().outputs().size());
    }

    @Test
    void a_branch_by_a_computed_condition_is_refused() {
        byte[] model = model(
                13,
                port("input", "c", 9)
                        + port("input", "x", 1, 2)
                        + node(
                                "If",
                                "c",
                                "y",
                                body("then_branch", node("Relu", "x", "t") + port("output", "t", 1, 2)),
                                body("else_branch", node("Neg", "x", "e") + port("output", "e", 1, 2)))
                        + port("output", "y", 1, 2));
        CompileException fault = assertThrows(
                CompileException.class, () -> Model.parse(model, "branch").graph());
        assertEquals(Code.ONNX_DYNAMIC, fault.code());
        assertTrue(fault.where().contains("If"), fault::where);
    }

    /// The body adds the iteration's number, in a value that it carries and in one that it leaves behind.
    private static String counting(String conditionOut) {
        return port("input", "i", 7)
                + port("input", "in", 9)
                + port("input", "v", 1, 2, 3)
                + node("Cast", "i", "f", integer("to", 1))
                + node("Add", "v f", "sum")
                + node("Mul", "sum x", "out")
                + node("Tanh", "out", "left")
                + longs("two", 2)
                + node("Less", "i two", "more")
                + node("Identity", conditionOut, "go")
                + port("output", "go", 9)
                + port("output", "out", 1, 2, 3)
                + port("output", "left", 1, 2, 3);
    }

    private static byte[] loop(String inputs, String conditionOut) {
        return model(
                13,
                port("input", "x", 1, 2, 3)
                        + longs("M", 5)
                        + truth("c", true)
                        + node("Loop", inputs, "last all", body("body", counting(conditionOut)))
                        + node("Relu", "all", "y")
                        + port("output", "last", 1, 2, 3)
                        + port("output", "y", 1, "n", 2, 3));
    }

    @Test
    void a_loop_runs_as_often_as_is_known() throws OrtException {
        agrees(loop("M c x", "in"), x(2, 3));
        agrees(loop("M - x", "in"), x(2, 3));
    }

    @Test
    void a_loop_ends_when_its_condition_does() throws OrtException {
        Graph graph = agrees(loop("M c x", "more"), x(2, 3));
        assertEquals(3, graph.outputs().getLast().type().shape().dim(0));
        agrees(loop("- c x", "more"), x(2, 3));
    }

    @Test
    void a_loop_that_never_ends_is_refused() {
        CompileException fault = assertThrows(
                CompileException.class,
                () -> Model.parse(loop("- c x", "in"), "loop").graph());
        assertEquals(Code.ONNX_OPERATOR, fault.code());
    }

    @Test
    void loops_may_be_nested() throws OrtException {
        String inner = port("input", "j", 7)
                + port("input", "jc", 9)
                + port("input", "w", 1, 2)
                + node("Add", "w x", "w1")
                + node("Mul", "w1 v", "w2")
                + node("Identity", "jc", "jo")
                + port("output", "jo", 9)
                + port("output", "w2", 1, 2);
        String outer = port("input", "i", 7)
                + port("input", "ic", 9)
                + port("input", "v", 1, 2)
                + node("Loop", "M c v", "r", body("body", inner))
                + node("Identity", "ic", "io")
                + port("output", "io", 9)
                + port("output", "r", 1, 2);
        agrees(
                model(
                        13,
                        port("input", "x", 1, 2)
                                + longs("M", 2)
                                + truth("c", true)
                                + node("Loop", "M c x", "y", body("body", outer))
                                + port("output", "y", 1, 2)),
                x(2));
    }

    private static String adding() {
        return port("input", "s", 1, 3)
                + port("input", "e", 1, 3)
                + node("Add", "s e", "so")
                + node("Mul", "so e", "left")
                + port("output", "so", 1, 3)
                + port("output", "left", 1, 3);
    }

    @Test
    void a_scan_runs_once_for_each_slice() throws OrtException {
        String start = "initializer { name: 's0' data_type: 1 dims: 3 float_data: 1 float_data: 2 float_data: 3 }\n";
        agrees(
                model(
                        13,
                        port("input", "x", 1, 4, 3)
                                + start
                                + node("Scan", "s0 x", "s all", integer("num_scan_inputs", 1), body("body", adding()))
                                + port("output", "s", 1, 3)
                                + port("output", "all", 1, 4, 3)),
                x(4, 3));
        agrees(
                model(
                        13,
                        port("input", "x", 1, 3, 4)
                                + start
                                + node(
                                        "Scan",
                                        "s0 x",
                                        "s all",
                                        integer("num_scan_inputs", 1),
                                        integers("scan_input_axes", -1),
                                        integers("scan_input_directions", 1),
                                        integers("scan_output_axes", 1),
                                        integers("scan_output_directions", 1),
                                        body("body", adding()))
                                + port("output", "s", 1, 3)
                                + port("output", "all", 1, 3, 4)),
                x(3, 4));
    }

    @Test
    void a_scan_of_opset_8_has_a_batch() throws OrtException {
        agrees(
                model(
                        8,
                        port("input", "x", 1, 2, 4, 3)
                                + port("input", "s0", 1, 2, 3)
                                + node("Scan", "- s0 x", "s all", integer("num_scan_inputs", 1), body("body", adding()))
                                + port("output", "s", 1, 2, 3)
                                + port("output", "all", 1, 2, 4, 3)),
                Map.of(
                        "x", RandomTensors.normal(TensorType.float32(2, 4, 3), 0, 1, 3),
                        "s0", RandomTensors.normal(TensorType.float32(2, 3), 0, 1, 4)));
    }
}
