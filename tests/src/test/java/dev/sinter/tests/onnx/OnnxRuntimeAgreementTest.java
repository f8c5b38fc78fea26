package dev.sinter.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.frontend.Model;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.TypeProto;
import dev.sinter.frontend.onnx.proto.ValueInfoProto;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.reference.OnnxRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators in forms that ONNX's own tests do not have mean the same to us as to ONNX Runtime. A line of the file says
/// the operator and its opset, its inputs and attributes (see [OperatorExample]), and the types of its outputs.
@NullMarked
class OnnxRuntimeAgreementTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/onnx/agreement.txt");

    /// Both compute in float32, each in an order of its own.
    private static final double RELATIVE = 1e-4;

    static List<String> examples() throws IOException {
        return Files.readAllLines(EXAMPLES).stream()
                .filter(line -> !line.isBlank())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void both_compute_the_same(String line) throws Exception {
        ModelProto model = model(line);
        Graph graph = Model.parse(model.toByteArray(), line).graph();
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        graph.inputs().forEach(input -> inputs.put(input.name(), tensor(input)));
        Map<String, Tensor> ours = Interpreter.run(graph, inputs);
        OnnxRuntime.run(model.toByteArray(), inputs)
                .forEach((name, theirs) -> requireSame(name, Objects.requireNonNull(ours.get(name)), theirs));
    }

    /// What becomes of an operator here is valid ONNX when it is exported, and still means the same.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hardmax@13 T[5]",
                "Hardmax@12 T[5] axis=0",
                "Hardmax@13 T[2,5] axis=0",
                "GroupNormalization@21 T[1,4,2,2,2] T[4] T[4] num_groups=2"
            })
    void what_is_exported_means_the_same(String line) throws Exception {
        Graph graph = Model.parse(model(line).toByteArray(), line).graph();
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        graph.inputs().forEach(input -> inputs.put(input.name(), tensor(input)));
        Map<String, Tensor> ours = Interpreter.run(graph, inputs);
        OnnxRuntime.run(OnnxExport.of(graph), inputs)
                .forEach((name, theirs) -> requireSame(name, Objects.requireNonNull(ours.get(name)), theirs));
    }

    private static ModelProto model(String line) {
        String[] halves = line.split(" -> ");
        String operator = halves[0].split("@")[0];
        String rest = halves[0].substring(operator.length() + 1);
        long opset = Long.parseLong(rest.split(" ")[0]);
        String[] types = halves.length > 1 ? halves[1].split(",") : new String[] {"float"};
        ModelProto.Builder model = OperatorExample.of(rest.substring(rest.indexOf(' ')))
                .model(operator, opset, DataType.FLOAT, type(types[0]), false)
                .toBuilder();
        for (int i = 1; i < types.length; i++) {
            String name = types[i].equals("-") ? "" : "y" + i;
            model.getGraphBuilder().getNodeBuilder(0).addOutput(name);
            if (!name.isEmpty()) {
                model.getGraphBuilder().addOutput(output(name, type(types[i])));
            }
        }
        return model.build();
    }

    private static DataType type(String text) {
        return DataType.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static ValueInfoProto output(String name, DataType type) {
        TypeProto.Tensor tensor =
                TypeProto.Tensor.newBuilder().setElemType(type.number()).build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    /// Small integers, so that some are equal.
    private static Tensor tensor(Value input) {
        long seed = RandomTensors.seedFor(1, input.name());
        return switch (input.type().element()) {
            case FLOAT16, FLOAT32, FLOAT64 -> RandomTensors.normal(input.type(), 0, 1, seed);
            case BOOL -> RandomTensors.integers(input.type(), 0, 1, seed);
            case UINT8, UINT16, UINT32, UINT64 -> RandomTensors.integers(input.type(), 0, 6, seed);
            case INT8, INT16, INT32, INT64 -> RandomTensors.integers(input.type(), -5, 6, seed);
        };
    }

    private static void requireSame(String name, Tensor ours, Tensor theirs) {
        assertEquals(theirs.type(), ours.type(), name);
        for (long i = 0; i < ours.shape().elements(); i++) {
            if (!ours.type().element().isFloating()) {
                assertEquals(theirs.getLong(i), ours.getLong(i), name + ", element " + i);
            } else if (Double.isFinite(theirs.get(i))) {
                assertEquals(
                        theirs.get(i), ours.get(i), RELATIVE * (1 + Math.abs(theirs.get(i))), name + ", element " + i);
            } else {
                assertEquals(theirs.get(i), ours.get(i), name + ", element " + i);
            }
        }
    }
}
