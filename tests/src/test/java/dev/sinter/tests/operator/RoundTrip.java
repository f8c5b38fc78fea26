package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.Model;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.Devices;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;

/// A graph written as ONNX and read again.
///
/// @param written the graph as ONNX can say it, with attributes in float
@NullMarked
record RoundTrip(Graph written, Graph read) {
    static RoundTrip of(Graph graph) {
        byte[] model = OnnxExport.of(graph);
        return new RoundTrip(
                FloatAttributes.of(graph), Model.parse(model, graph.name()).graph());
    }

    void requireSameBits(long seed) {
        Map<String, Tensor> inputs = Conformance.inputs(written, seed);
        requireSame("oracle", Interpreter.run(written, inputs), Interpreter.run(read, inputs));
        requireSame("jvm", onJvm(written, inputs), onJvm(read, inputs));
    }

    /// Enough of graphs whose text is the same, and much quicker for large ones.
    void requireSameConstants() {
        requireSame("constants", constants(written), constants(read));
    }

    private static Map<String, Tensor> constants(Graph graph) {
        Map<String, Tensor> constants = new HashMap<>();
        graph.constants().forEach((value, tensor) -> constants.put(value.name(), tensor));
        return constants;
    }

    private static Map<String, Tensor> onJvm(Graph graph, Map<String, Tensor> inputs) {
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.JVM))) {
            return executable.run(inputs);
        }
    }

    private static void requireSame(String where, Map<String, Tensor> expected, Map<String, Tensor> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, tensor) ->
                assertTrue(tensor.sameBits(Objects.requireNonNull(found.get(name))), () -> name + " on " + where));
    }
}
