package dev.sinter.tests.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.verify.Verified;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RNN, GRU and LSTM with all that ONNX lets one say of them, against ONNX Runtime.
@NullMarked
class RecurrentLayersTest {
    private static final double CLOSE = 2e-6;
    private static final long STEPS = 5;
    private static final long BATCH = 3;
    private static final long FEATURES = 4;
    private static final long HIDDEN = 6;
    private static final List<String> DIRECTIONS = List.of("forward", "reverse", "bidirectional");

    /// Which operands there are.
    private record Form(
            String operator, String direction, boolean bias, boolean lengths, boolean state, boolean peepholes) {
        int gates() {
            return switch (operator) {
                case "RNN" -> 1;
                case "GRU" -> 3;
                case "LSTM" -> 4;
                default -> throw new IllegalArgumentException(operator);
            };
        }

        int directions() {
            return direction.equals("bidirectional") ? 2 : 1;
        }

        boolean isLstm() {
            return operator.equals("LSTM");
        }
    }

    private static Tensor random(long seed, long... dims) {
        return RandomTensors.normal(TensorType.float32(dims), 0, 0.5, seed);
    }

    private static SingleNode node(Form form, long opset) {
        long directions = form.directions();
        long gates = form.gates() * HIDDEN;
        SingleNode node = new SingleNode(form.operator(), opset)
                .fed("x", random(1, STEPS, BATCH, FEATURES))
                .known("w", random(2, directions, gates, FEATURES))
                .known("r", random(3, directions, gates, HIDDEN));
        if (form.bias()) {
            node.known("b", random(4, directions, 2 * gates));
        } else {
            node.leftOut();
        }
        if (form.lengths()) {
            Tensor lengths = Tensor.ofLongs(Shape.of(BATCH), 3, STEPS, 1);
            node.known("lengths", lengths.converted(ElementType.INT32));
        } else {
            node.leftOut();
        }
        if (form.state()) {
            node.fed("h0", random(5, directions, BATCH, HIDDEN));
        } else {
            node.leftOut();
        }
        if (form.isLstm()) {
            if (form.state()) {
                node.fed("c0", random(6, directions, BATCH, HIDDEN));
            } else {
                node.leftOut();
            }
            if (form.peepholes()) {
                node.known("p", random(7, directions, 3 * HIDDEN));
            }
        }
        Tensor like = random(0, 1);
        node.yields("y", like).yields("h", like);
        if (form.isLstm()) {
            node.yields("c", like);
        }
        return node.with("direction", form.direction()).with("hidden_size", HIDDEN);
    }

    private static void agrees(SingleNode node) throws OrtException {
        Map<String, Tensor> expected = OnnxRuntime.run(node.model(), node.inputs());
        Map<String, Tensor> found = Interpreter.run(node.graph(), node.inputs());
        for (String output : node.outputs()) {
            Tensor wanted = Objects.requireNonNull(expected.get(output));
            Tensor own = Objects.requireNonNull(found.get(output));
            assertEquals(wanted.shape(), own.shape(), output);
            for (long i = 0; i < wanted.shape().elements(); i++) {
                assertEquals(wanted.get(i), own.get(i), CLOSE, output + " element " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"RNN, 7", "RNN, 14", "GRU, 7", "GRU, 14", "LSTM, 7", "LSTM, 14"})
    void every_set_of_operands(String operator, long opset) throws OrtException {
        for (String direction : DIRECTIONS) {
            for (int set = 0; set < 16; set++) {
                Form form =
                        new Form(operator, direction, (set & 1) != 0, (set & 2) != 0, (set & 4) != 0, (set & 8) != 0);
                if (form.isLstm() || !form.peepholes()) {
                    agrees(node(form, opset));
                }
            }
        }
    }

    private static SingleNode whole(String operator, String direction) {
        return node(new Form(operator, direction, true, false, true, true), 14);
    }

    @ParameterizedTest
    @ValueSource(strings = {"forward", "reverse", "bidirectional"})
    void the_reset_gate_of_a_gru_may_come_after_the_product(String direction) throws OrtException {
        agrees(whole("GRU", direction).with("linear_before_reset", 1));
        agrees(node(new Form("GRU", direction, false, true, true, false), 14).with("linear_before_reset", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RNN", "GRU", "LSTM"})
    void what_activations_are_applied_to_may_be_clipped(String operator) throws OrtException {
        agrees(whole(operator, "bidirectional").with("clip", 0.25));
    }

    @Test
    void the_input_and_forget_gates_of_an_lstm_may_be_coupled() throws OrtException {
        agrees(node(new Form("LSTM", "forward", true, false, true, false), 14).with("input_forget", 1));
    }

    /// With parameters: where none are given, ONNX Runtime does not have those of the operators.
    @ParameterizedTest
    @CsvSource({
        "Relu, ,",
        "Tanh, ,",
        "Sigmoid, ,",
        "Affine, 0.8, 0.1",
        "LeakyRelu, ,",
        "LeakyRelu, 0.3,",
        "ThresholdedRelu, 0.2,",
        "ScaledTanh, 0.8, 1.5",
        "HardSigmoid, ,",
        "HardSigmoid, 0.3, 0.4",
        "Elu, ,",
        "Elu, 0.5,",
        "Softsign, ,",
        "Softplus, ,"
    })
    void every_activation(String name, @Nullable Float alpha, @Nullable Float beta) throws OrtException {
        for (SingleNode node : List.of(
                whole("RNN", "forward").with("activations", List.of(name)),
                whole("GRU", "reverse").with("activations", List.of("Sigmoid", name)),
                whole("LSTM", "forward").with("activations", List.of("Sigmoid", name, "Tanh")),
                whole("LSTM", "reverse").with("activations", List.of("Sigmoid", "Tanh", name)))) {
            if (alpha != null) {
                node.withNumbers("activation_alpha", alpha);
            }
            if (beta != null) {
                node.withNumbers("activation_beta", beta);
            }
            agrees(node);
        }
    }

    @Test
    void activations_take_their_parameters_in_order() throws OrtException {
        agrees(whole("LSTM", "forward")
                .with("activations", List.of("HardSigmoid", "ScaledTanh", "Tanh"))
                .withNumbers("activation_alpha", 0.3f, 0.8f)
                .withNumbers("activation_beta", 0.4f, 1.5f));
        agrees(whole("LSTM", "bidirectional")
                .with("activations", List.of("Sigmoid", "LeakyRelu", "Tanh", "HardSigmoid", "Elu", "Affine"))
                .withNumbers("activation_alpha", 0.2f, 0.3f, 0.7f, 0.9f)
                .withNumbers("activation_beta", 0.4f, 0.1f));
    }

    /// ONNX Runtime does not have the other layout of all three; here one is the other, transposed.
    @ParameterizedTest
    @ValueSource(strings = {"RNN", "GRU", "LSTM"})
    void the_batch_may_come_first(String operator) {
        Form form = new Form(operator, "bidirectional", true, false, true, true);
        SingleNode first = node(form, 14);
        Map<String, Tensor> expected = Interpreter.run(first.graph(), first.inputs());
        SingleNode other = node(form, 14).with("layout", 1);
        SingleNode turned = turned(form);
        Map<String, Tensor> found = Interpreter.run(turned.graph(), turned.inputs());
        assertThrows(CompileException.class, other::graph, "shapes are those of the usual layout");
        same(expected, found, "y", at -> List.of(at.get(2), at.get(0), at.get(1), at.get(3)));
        same(expected, found, "h", at -> List.of(at.get(1), at.get(0), at.get(2)));
    }

    private static SingleNode turned(Form form) {
        long gates = form.gates() * HIDDEN;
        SingleNode node = new SingleNode(form.operator(), 14)
                .fed("x", swapped(random(1, STEPS, BATCH, FEATURES)))
                .known("w", random(2, 2, gates, FEATURES))
                .known("r", random(3, 2, gates, HIDDEN))
                .known("b", random(4, 2, 2 * gates))
                .leftOut()
                .fed("h0", swapped(random(5, 2, BATCH, HIDDEN)));
        if (form.isLstm()) {
            node.fed("c0", swapped(random(6, 2, BATCH, HIDDEN))).known("p", random(7, 2, 3 * HIDDEN));
        }
        Tensor like = random(0, 1);
        node.yields("y", like).yields("h", like);
        return node.with("direction", "bidirectional")
                .with("hidden_size", HIDDEN)
                .with("layout", 1);
    }

    /// The first two dimensions exchanged.
    private static Tensor swapped(Tensor tensor) {
        Shape shape = tensor.shape();
        Tensor result = Tensor.allocate(TensorType.float32(shape.dim(1), shape.dim(0), shape.dim(2)));
        for (long a = 0; a < shape.dim(0); a++) {
            for (long b = 0; b < shape.dim(1); b++) {
                for (long c = 0; c < shape.dim(2); c++) {
                    result.set(
                            (b * shape.dim(0) + a) * shape.dim(2) + c,
                            tensor.get((a * shape.dim(1) + b) * shape.dim(2) + c));
                }
            }
        }
        return result;
    }

    private static void same(
            Map<String, Tensor> expected, Map<String, Tensor> found, String name, UnaryOperator<List<Long>> moved) {
        Tensor from = Objects.requireNonNull(expected.get(name));
        Tensor to = Objects.requireNonNull(found.get(name));
        assertEquals(new Shape(moved.apply(from.shape().dims())), to.shape());
        List<Long> at = new ArrayList<>(Collections.nCopies(from.shape().rank(), 0L));
        for (long i = 0; i < from.shape().elements(); i++) {
            long rest = i;
            for (int axis = 0; axis < at.size(); axis++) {
                at.set(axis, rest / from.shape().strides()[axis]);
                rest %= from.shape().strides()[axis];
            }
            long place = 0;
            for (int axis = 0; axis < at.size(); axis++) {
                place += moved.apply(at).get(axis) * to.shape().strides()[axis];
            }
            assertEquals(from.get(i), to.get(place), CLOSE, name + at);
        }
    }

    private static List<Graph> graphs() {
        return List.of(
                node(new Form("RNN", "bidirectional", true, true, true, false), 14)
                        .graph(),
                node(new Form("GRU", "reverse", true, false, false, false), 14).graph(),
                whole("GRU", "forward").with("linear_before_reset", 1).graph(),
                node(new Form("LSTM", "bidirectional", true, true, true, true), 14)
                        .graph());
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "scalar", "gpu"})
    void kernels_are_right(String target) {
        graphs().forEach(graph -> Verified.bounded(graph, new EvaluatorDevice(SampleTargets.named(target))));
    }

    @Test
    void the_jvm_is_right() {
        graphs().forEach(graph -> Verified.bounded(graph, Devices.of(Devices.JVM)));
    }

    @Tag("opencl")
    @Test
    void opencl_is_right() {
        graphs().forEach(graph -> Verified.bounded(graph, Devices.of(Devices.OPENCL)));
    }

    @Test
    void a_sequence_that_is_too_long_is_refused() {
        SingleNode node = new SingleNode("RNN", 14)
                .fed("x", Tensor.allocate(TensorType.float32(5000, 1, 1)))
                .known("w", random(2, 1, 1, 1))
                .known("r", random(3, 1, 1, 1))
                .yields("y", random(0, 1));
        CompileException fault = assertThrows(CompileException.class, node::graph);
        assertTrue(fault.fact().contains("5000 steps"), fault::fact);
    }
}
