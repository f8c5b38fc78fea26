package dev.sinter.tests.reference;

import static dev.sinter.tests.reference.QuantizedModel.INT32;
import static dev.sinter.tests.reference.QuantizedModel.INT8;
import static dev.sinter.tests.reference.QuantizedModel.UINT8;
import static dev.sinter.tests.reference.QuantizedModel.integer;
import static dev.sinter.tests.reference.QuantizedModel.ints;
import static dev.sinter.tests.reference.QuantizedModel.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.Model;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.numeric.TensorView;
import dev.sinter.ir.op.Role;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Inputs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Networks of quantised numbers give what ONNX Runtime makes of them, which computes them in integers.
@NullMarked
class QuantizedNetworksTest {
    private static final String MICROSOFT = "com.microsoft";
    private static final double SCALE = 0.04;

    /// ONNX Runtime rounds biases to integers, in units of the products' scale: what then lies on the other side of a
    /// tie is off by a step.
    private static final double STEP = 1.001 * SCALE;

    /// One in so many elements.
    private static final long MOST_TIES = 50;

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of("convolutions between quantisations", convolutions()),
                Arguments.of("a residual block", residual()),
                Arguments.of("products between quantisations", products()),
                Arguments.of("quantised operators", quantisedOperators()),
                Arguments.of("integer operators", integerOperators()),
                Arguments.of("operators of ONNX Runtime", operatorsOfOnnxRuntime()),
                Arguments.of("products of ONNX Runtime", productsOfOnnxRuntime()));
    }

    /// Scale and zero point of an activation.
    private static QuantizedModel point(QuantizedModel model, String name, double scale, int zero) {
        return model.floats(name + "_scale", scale, scale).integers(name + "_zero", UINT8, zero, zero);
    }

    private static QuantizedModel quantised(QuantizedModel model, String from, String name) {
        String point = " " + name + "_scale " + name + "_zero";
        return model.node("QuantizeLinear", from + point, name + "_q")
                .node("DequantizeLinear", name + "_q" + point, name);
    }

    private static QuantizedModel weights(QuantizedModel model, String name, long... dims) {
        return model.integers(name + "_q", INT8, -127, 127, dims)
                .floats(name + "_scale", 0.001, 0.01, dims[0])
                .integers(name + "_zero", INT8, 0, 0, dims[0])
                .node("DequantizeLinear", name + "_q " + name + "_scale " + name + "_zero", name, integer("axis", 0));
    }

    private static byte[] convolutions() {
        QuantizedModel model = new QuantizedModel(1, 1, 3, 17, 15);
        quantised(point(model, "a", SCALE, 128), "x", "a");
        weights(model, "w", 16, 3, 3, 3);
        model.floats("b", -0.5, 0.5, 16)
                .node("Conv", "a w b", "c", ints("pads", 1, 1, 1, 1))
                .node("Relu", "c", "r");
        quantised(point(model, "d", SCALE, 0), "r", "d");
        model.node("MaxPool", "d", "m", ints("kernel_shape", 2, 2), ints("strides", 2, 2));
        weights(model, "v", 16, 1, 3, 3);
        model.node("Conv", "m v", "e", integer("group", 16), ints("strides", 2, 1));
        quantised(point(model, "f", SCALE, 100), "e", "f");
        return model.node("Identity", "f", "y").bytes(13);
    }

    private static byte[] residual() {
        QuantizedModel model = new QuantizedModel(2, 2, 8, 9, 9);
        quantised(point(model, "a", SCALE, 120), "x", "a");
        weights(model, "w", 8, 8, 1, 1);
        model.node("Conv", "a w", "c");
        quantised(point(model, "b", 2 * SCALE, 128), "c", "b");
        model.node("Add", "a b", "s");
        quantised(point(model, "d", 2 * SCALE, 130), "s", "d");
        model.node("GlobalAveragePool", "d", "g");
        quantised(point(model, "e", SCALE / 4, 128), "g", "e");
        return model.node("Identity", "e", "y").bytes(13);
    }

    private static byte[] products() {
        QuantizedModel model = new QuantizedModel(3, 5, 33);
        quantised(point(model, "a", SCALE, 127), "x", "a");
        weights(model, "w", 17, 33);
        model.floats("b", -1, 1, 17).node("Gemm", "a w b", "c", integer("transB", 1));
        quantised(point(model, "d", SCALE, 128), "c", "d");
        model.integers("v_q", INT8, -127, 127, 17, 9)
                .floats("v_scale", 0.003, 0.003)
                .node("DequantizeLinear", "v_q v_scale", "v")
                .node("MatMul", "d v", "e");
        quantised(point(model, "f", SCALE, 128), "e", "f");
        return model.node("Identity", "f", "y").bytes(13);
    }

    private static byte[] quantisedOperators() {
        QuantizedModel model = new QuantizedModel(4, 1, 4, 9, 7);
        point(point(point(model, "a", SCALE, 128), "c", SCALE, 60), "d", SCALE, 128);
        return model.integers("w", INT8, -127, 127, 6, 4, 3, 3)
                .floats("w_scale", 0.001, 0.01, 6)
                .integers("w_zero", INT8, 0, 0, 6)
                .integers("b", INT32, -2000, 2000, 6)
                .integers("v", UINT8, 0, 255, 7, 5)
                .floats("v_scale", 0.01, 0.01)
                .integers("v_zero", UINT8, 113, 113)
                .node("QuantizeLinear", "x a_scale a_zero", "q")
                .node(
                        "QLinearConv",
                        "q a_scale a_zero w w_scale w_zero c_scale c_zero b",
                        "c",
                        ints("pads", 1, 1, 1, 1))
                .node("QLinearMatMul", "c c_scale c_zero v v_scale v_zero d_scale d_zero", "d")
                .node("DequantizeLinear", "d d_scale d_zero", "y")
                .bytes(13);
    }

    private static byte[] integerOperators() {
        QuantizedModel model = new QuantizedModel(5, 1, 3, 8, 8);
        return model.integers("w", UINT8, 0, 255, 5, 3, 3, 3)
                .integers("w_zero", UINT8, 131, 131)
                .integers("v", INT8, -128, 127, 8, 5)
                .integers("v_zero", INT8, -3, 3, 5)
                .floats("small", 1e-4, 1e-4)
                .node("DynamicQuantizeLinear", "x", "q q_scale q_zero")
                .node("ConvInteger", "q w q_zero w_zero", "c", ints("pads", 1, 1, 1, 1))
                .node("MatMulInteger", "q v q_zero v_zero", "m")
                .node("Cast", "c", "cf", integer("to", 1))
                .node("Cast", "m", "mf", integer("to", 1))
                .node("ReduceSum", "mf", "s")
                .node("Mul", "cf small", "scaled")
                .node("Add", "scaled s", "y")
                .bytes(13);
    }

    private static byte[] operatorsOfOnnxRuntime() {
        QuantizedModel model = new QuantizedModel(6, 2, 4, 8, 6);
        point(point(point(point(model, "a", SCALE, 128), "b", SCALE, 100), "c", SCALE / 4, 3), "d", SCALE, 140);
        point(model, "e", 1 / 256., 0);
        String a = " a_scale a_zero";
        String b = " b_scale b_zero";
        String d = " d_scale d_zero";
        return model.integers("k", UINT8, 0, 255, 4, 1, 1)
                .floats("k_scale", 0.01, 0.01)
                .integers("k_zero", UINT8, 99, 99)
                .node("QuantizeLinear", "x" + a, "q")
                .node(MICROSOFT, "QLinearAdd", "q" + a + " k k_scale k_zero" + b, "sum")
                .node(MICROSOFT, "QLinearMul", "sum" + b + " q" + a + d, "product")
                .node(MICROSOFT, "QLinearLeakyRelu", "product" + d + b, "leaky", number("alpha", 0.2f))
                .node(MICROSOFT, "QLinearSigmoid", "leaky" + b + " e_scale e_zero", "sigmoid")
                .node(
                        MICROSOFT,
                        "QLinearConcat",
                        "b_scale b_zero sigmoid e_scale e_zero q" + a,
                        "both",
                        integer("axis", 1))
                .node(
                        MICROSOFT,
                        "QLinearAveragePool",
                        "both" + b + d,
                        "pool",
                        ints("kernel_shape", 3, 2),
                        ints("strides", 2, 2),
                        ints("pads", 1, 0, 1, 0))
                .node(MICROSOFT, "QLinearGlobalAveragePool", "pool" + d + " c_scale c_zero", "global")
                .node(MICROSOFT, "DequantizeLinear", "global c_scale c_zero", "y")
                .bytes(13);
    }

    private static byte[] productsOfOnnxRuntime() {
        QuantizedModel model = new QuantizedModel(7, 3, 33);
        point(point(model, "a", SCALE, 128), "b", SCALE, 128);
        return model.integers("w", UINT8, 0, 255, 17, 33)
                .floats("w_scale", 0.005, 0.005)
                .integers("w_zero", UINT8, 120, 120)
                .integers("c", INT32, -3000, 3000, 17)
                .integers("v", INT8, -128, 127, 17, 5)
                .floats("v_scale", 0.01, 0.02, 5)
                .integers("v_zero", INT8, 0, 0, 5)
                .floats("bias", -1, 1, 5)
                .integers("u", UINT8, 0, 255, 33, 5)
                .floats("u_scale", 0.01, 0.01)
                .integers("u_zero", UINT8, 127, 127)
                .node("QuantizeLinear", "x a_scale a_zero", "q")
                .node(
                        MICROSOFT,
                        "QGemm",
                        "q a_scale a_zero w w_scale w_zero c b_scale b_zero",
                        "gemm",
                        number("alpha", 0.5f),
                        integer("transB", 1))
                .node(MICROSOFT, "MatMulIntegerToFloat", "gemm v b_scale v_scale b_zero v_zero bias", "product")
                .node(MICROSOFT, "DynamicQuantizeMatMul", "x u u_scale u_zero", "dynamic")
                .node("Add", "product dynamic", "y")
                .bytes(13);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void onnx_runtime_agrees(String name, byte[] model) throws Exception {
        Graph graph = Model.parse(model, name).graph();
        for (long seed = 1; seed <= 3; seed++) {
            Map<String, Tensor> inputs = Inputs.normal(graph, seed);
            Tensor theirs =
                    Objects.requireNonNull(OnnxRuntime.run(model, inputs).get("y"));
            TensorView oracle = new Interpreter(graph, Rounding.serial())
                    .evaluate(inputs)
                    .values()
                    .iterator()
                    .next();
            long ties = 0;
            for (long i = 0; i < theirs.shape().elements(); i++) {
                double error = Math.abs(theirs.get(i) - oracle.value(i));
                ties += error <= oracle.bound(i) ? 0 : 1;
                assertTrue(
                        error <= oracle.bound(i) + STEP,
                        name + " at " + i + ": " + theirs.get(i) + " but expected " + oracle.get(i));
            }
            assertTrue(ties <= theirs.shape().elements() / MOST_TIES, name + " differs in " + ties + " elements");
        }
    }

    /// Those in which nothing is computed that devices may round in several ways.
    static Stream<Arguments> networksOfIntegers() {
        return Stream.of(
                Arguments.of("convolutions between quantisations", convolutions()),
                Arguments.of("a residual block", residual()),
                Arguments.of("products between quantisations", products()),
                Arguments.of("quantised operators", quantisedOperators()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networksOfIntegers")
    void devices_agree_to_the_last_bit(String name, byte[] model) {
        Graph graph = Model.parse(model, name).graph();
        Graph integers = Sinter.optimised(graph, CompileOptions.DEFAULT);
        List<Node> products = integers.nodes().stream()
                .filter(node -> node.op().role() == Role.CONTRACTION)
                .toList();
        products.forEach(node -> assertEquals(
                ElementType.INT32, node.output().type().element(), () -> name + ": " + node.label()));
        for (String backend : List.of(Devices.JVM, Devices.OPENCL)) {
            try (Executable executable = Sinter.compile(graph, Devices.of(backend))) {
                for (long seed = 1; seed <= 3; seed++) {
                    Map<String, Tensor> inputs = Inputs.normal(graph, seed);
                    Tensor expected = nodeByNode(integers, inputs);
                    Tensor found = Objects.requireNonNull(executable.run(inputs).get("y"));
                    for (long i = 0; i < expected.shape().elements(); i++) {
                        assertEquals(expected.get(i), found.get(i), name + " on " + backend + " at " + i);
                    }
                }
            }
        }
    }

    /// What every node yields, rounded to its type before the next one reads it.
    private static Tensor nodeByNode(Graph graph, Map<String, Tensor> inputs) {
        Map<Value, Tensor> known = new HashMap<>(graph.constants());
        graph.inputs().forEach(input -> known.put(input, Objects.requireNonNull(inputs.get(input.name()))));
        for (Node node : graph.nodes()) {
            List<TensorView> operands = node.inputs().stream()
                    .map(input -> TensorView.of(Objects.requireNonNull(known.get(input))))
                    .toList();
            List<TensorView> results = node.op().results(Rounding.none(), operands);
            for (int i = 0; i < results.size(); i++) {
                known.put(node.outputs().get(i), results.get(i).rounded());
            }
        }
        return Objects.requireNonNull(known.get(graph.outputs().getFirst()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void kernels_are_within_their_bounds(String name, byte[] model) {
        Graph graph = Model.parse(model, name).graph();
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.JVM))) {
            VerificationReport report = Verification.bounded(executable, Inputs.normal(graph, 1), _ -> {});
            assertTrue(report.passed(), report::toString);
        }
    }
}
