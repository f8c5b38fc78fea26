package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.Inputs;
import dev.sinter.tests.support.SampleTargets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An operator that computes two tensors, of which the network's other layers read one.
@NullMarked
class TwoOutputsTest {
    private static Graph network(long rows, long columns) {
        Graph.Builder builder = Graph.builder("two");
        Value x = builder.input("x", TensorType.float32(rows, columns));
        Value absolute = builder.add("absolute", new Unary(Unary.Kind.ABS), x);
        Node extremes = builder.add(Node.infer("extremes", new Extremes(), List.of(absolute)));
        Value below = builder.add(
                "negative", new Unary(Unary.Kind.NEGATE), extremes.outputs().get(1));
        return builder.output(extremes.outputs().get(0), below).build();
    }

    private static void runAndVerify(Device device) {
        Graph graph = network(5, 33);
        CompileOptions options = CompileOptions.DEFAULT.withIntermediatesKept();
        try (Executable executable = Sinter.compile(graph, device, options)) {
            VerificationReport report = Verification.bounded(executable, Inputs.normal(graph, 3), _ -> {});
            assertTrue(report.passed(), report.toString());
            assertEquals(List.of(), report.unjudged());
            assertTrue(Verification.exact(executable, 5, _ -> {}).passed());
        }
        try (Executable executable = Sinter.compile(network(2, 3), device)) {
            Tensor x = Tensor.ofFloats(Shape.of(2, 3), 1, -3, 2, 5, 0, -4);
            Map<String, Tensor> outputs = executable.run(Map.of("x", x));
            List<Tensor> values = List.copyOf(outputs.values());
            assertArrayEquals(new float[] {3, 5}, values.get(0).toFloats());
            assertArrayEquals(
                    new float[] {-2, -0f, -1, -0f, -5, -1}, values.get(1).toFloats());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "avx2", "scalar", "gpu", "fpga"})
    void both_are_right_on_every_kind_of_target(String target) {
        runAndVerify(new EvaluatorDevice(SampleTargets.named(target)));
    }

    @Test
    void a_file_can_say_its_schedule() {
        Step step = extremes(CompileOptions.DEFAULT);
        String text = ScheduleFile.print(List.of(), List.of(new ScheduleFile.Entry(step.group(), step.schedule())));
        Step again = extremes(CompileOptions.DEFAULT.withSchedules(ScheduleFile.parse(text, "s.txt")));
        assertTrue(again.writtenAt().isPresent());
    }

    private static Step extremes(CompileOptions options) {
        return Sinter.program(network(5, 33), SampleTargets.GPU, options).plan().steps().stream()
                .filter(step -> step.outputs().size() == 2)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void both_are_right_on_the_jvm() {
        runAndVerify(Devices.of(Devices.JVM));
    }

    @Tag("opencl")
    @Test
    void both_are_right_through_opencl() {
        runAndVerify(Devices.of(Devices.OPENCL));
    }
}
