package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.OpCatalog;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Conv;
import dev.sinter.ir.op.MaxPool;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.type.Window;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The example of `docs/operators.md`: an operator that Sinter does not know.
@NullMarked
class CustomOperatorTest {
    private static final Path SOURCES = Path.of("src/test/java/dev/sinter/tests/operator");

    private static Graph network() {
        Graph.Builder builder = Graph.builder("custom");
        Value x = builder.input("x", TensorType.float32(1, 3, 16, 16));
        Value weights = builder.constant("w", RandomTensors.heNormal(TensorType.float32(16, 3, 3, 3), 1));
        Value scale = builder.constant("scale", RandomTensors.uniform(TensorType.float32(16), 0.5, 2, 2));
        Value conv = builder.add("conv", Conv.of(1, 1), x, weights);
        Value act = builder.add("act", new ScaledSquaredRelu(0.25), conv, scale);
        builder.output(builder.add("pool", new MaxPool(Window.square(2, 2)), act));
        return builder.build();
    }

    private static void runAndVerify(Graph graph, Device device) {
        try (Executable executable = Sinter.compile(graph, device)) {
            Tensor x = RandomTensors.normal(executable.inputs().getFirst().type(), 0, 1, 42);
            Tensor y = executable.run(x);
            VerificationReport report = Verification.bounded(executable, Map.of("x", x), _ -> {});
            assertTrue(report.passed(), report.toString());
            assertEquals(List.of(1L, 16L, 8L, 8L), y.shape().dims());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "avx2", "scalar", "gpu", "fpga"})
    void it_is_one_kernel_with_the_convolution_and_the_pool(String target) {
        int kernels = Sinter.program(network(), SampleTargets.named(target), CompileOptions.DEFAULT)
                .kernels()
                .size();
        assertEquals(1, kernels);
        runAndVerify(network(), new EvaluatorDevice(SampleTargets.named(target)));
    }

    @Test
    void it_runs_on_the_jvm() {
        runAndVerify(network(), Devices.of(Devices.JVM));
    }

    @Tag("opencl")
    @Test
    void it_runs_through_opencl() {
        runAndVerify(network(), Devices.of(Devices.OPENCL));
    }

    /// Integers, so that nothing rounds: 0, then 1, then 1 + 2, and so on.
    @ParameterizedTest
    @ValueSource(strings = {"avx512", "avx2", "scalar", "gpu", "fpga"})
    void an_accumulator_sees_what_others_were_before(String target) {
        Graph.Builder builder = Graph.builder("sums");
        Value x = builder.input("x", TensorType.float32(1, 2, 4));
        Graph graph = builder.output(builder.add("y", new SumOfSums(), x)).build();
        for (Device device : List.of(new EvaluatorDevice(SampleTargets.named(target)), Devices.of(Devices.JVM))) {
            try (Executable executable = Sinter.compile(graph, device)) {
                Tensor y = executable.run(Tensor.ofFloats(Shape.of(1, 2, 4), 1, 2, 3, 4, 5, 6, 7, 8));
                assertArrayEquals(new float[] {10, 34}, y.toFloats(), device.name());
            }
        }
    }

    @Test
    void it_can_be_printed_and_parsed() {
        OpCatalog catalog = OpCatalog.standard().with("scaled_squared_relu", ScaledSquaredRelu.class);
        String text = GraphPrinter.print(network());
        assertTrue(text.contains("= scaled_squared_relu(%conv, %scale) threshold=0.25"), text);
        assertEquals(text, GraphPrinter.print(GraphParser.parse(text, "custom.sir", catalog)));
    }

    @Test
    void its_errors_name_the_node() {
        Graph.Builder builder = Graph.builder("wrong");
        Value x = builder.input("x", TensorType.float32(1, 3, 4, 4));
        Value scale = builder.input("scale", TensorType.float32(5));
        CompileException fault =
                assertThrows(CompileException.class, () -> builder.add("act", new ScaledSquaredRelu(0), x, scale));
        assertEquals("act (scaled_squared_relu)", fault.where());
    }

    @Test
    void the_documentation_shows_this_code() throws IOException {
        String sources = flat(Files.readString(SOURCES.resolve("ScaledSquaredRelu.java")))
                + flat(Files.readString(SOURCES.resolve("CustomOperatorTest.java")));
        List<String> blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/operators.md")))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertFalse(blocks.isEmpty());
        for (String block : blocks) {
            assertTrue(sources.contains(flat(block)), "not what is tested:\n" + block);
        }
    }

    /// Without blanks: the formatter may break lines elsewhere.
    private static String flat(String code) {
        return code.replaceAll("\\s", "");
    }
}
