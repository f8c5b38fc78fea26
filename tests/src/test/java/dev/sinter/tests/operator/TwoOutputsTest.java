package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.ScheduleRule;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.Inputs;
import dev.sinter.tests.support.OclgrindDevice;
import dev.sinter.tests.support.SampleTargets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Operators that compute two tensors: of one of them the network's other layers read a result, and the results of the
/// other do not read each other.
@NullMarked
class TwoOutputsTest {
    private static Graph network(CustomOp operator, long rows, long columns) {
        Graph.Builder builder = Graph.builder("two");
        Value x = builder.input("x", TensorType.float32(rows, columns));
        Value absolute = builder.add("absolute", new Unary(Unary.Kind.ABS), x);
        Node both = builder.add(Node.infer("both", operator, List.of(absolute)));
        Value negative = builder.add(
                "negative", new Unary(Unary.Kind.NEGATE), both.outputs().get(1));
        return builder.output(both.outputs().get(0), negative).build();
    }

    private static void runAndVerify(Device device) {
        for (CustomOp operator : List.of(new Extremes(), new Limits())) {
            Graph graph = network(operator, 5, 33);
            CompileOptions options = CompileOptions.DEFAULT.withIntermediatesKept();
            try (Executable executable = Sinter.compile(graph, device, options)) {
                VerificationReport report = Verification.bounded(executable, Inputs.normal(graph, 3), _ -> {});
                assertTrue(report.passed(), report.toString());
                assertEquals(List.of(), report.unjudged());
                assertTrue(Verification.exact(executable, 5, _ -> {}).passed());
            }
        }
        results(new Extremes(), device, new float[] {3, 5}, new float[] {-2, -0f, -1, -0f, -5, -1});
        results(new Limits(), device, new float[] {1, 0}, new float[] {-3, -5});
    }

    private static void results(CustomOp operator, Device device, float[] first, float[] second) {
        try (Executable executable = Sinter.compile(network(operator, 2, 3), device)) {
            Tensor x = Tensor.ofFloats(Shape.of(2, 3), 1, -3, 2, 5, 0, -4);
            Map<String, Tensor> outputs = executable.run(Map.of("x", x));
            List<Tensor> values = List.copyOf(outputs.values());
            assertArrayEquals(first, values.get(0).toFloats());
            assertArrayEquals(second, values.get(1).toFloats());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "avx2", "scalar", "gpu", "fpga"})
    void both_are_right_on_every_kind_of_target(String target) {
        runAndVerify(new EvaluatorDevice(SampleTargets.named(target)));
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

    @Tag("oclgrind")
    @ParameterizedTest
    @ValueSource(strings = {"avx2", "gpu"})
    void both_are_right_under_oclgrind(String target, @TempDir Path folder) {
        OclgrindDevice.assume();
        runAndVerify(new OclgrindDevice(SampleTargets.named(target), folder));
    }

    /// One kernel goes over the rows once, and stores what it finds in both tensors.
    @ParameterizedTest
    @ValueSource(strings = {"avx512", "scalar", "gpu", "fpga"})
    void one_kernel_stores_both(String target) {
        for (CustomOp operator : List.of(new Extremes(), new Limits())) {
            Step step = both(network(operator, 64, 32), SampleTargets.named(target), CompileOptions.DEFAULT);
            assertEquals(1, step.kernels().size(), () -> ScheduleText.print(step.group(), step.schedule()));
            assertEquals(2, step.kernels().getFirst().outputs().size());
        }
    }

    @Test
    void a_file_can_say_its_schedule() {
        Graph graph = network(new Extremes(), 5, 33);
        Step step = both(graph, SampleTargets.GPU, CompileOptions.DEFAULT);
        String text = ScheduleFile.print(List.of(), List.of(new ScheduleFile.Entry(step.group(), step.schedule())));
        Step again = written(graph, text);
        assertTrue(again.writtenAt().isPresent());
        assertEquals(1, again.kernels().size());
    }

    @Test
    void a_file_can_give_each_a_kernel_of_its_own() {
        Step step = written(network(new Extremes(), 5, 33), """
            sinter.schedule 1
            step both
              largest: buffer; r 5 global 0, k 33 serial
              below: buffer; i 5 global 1, j 33 global 0
            """);
        assertEquals(2, step.kernels().size());
    }

    private static Step written(Graph graph, String schedule) {
        return both(
                graph, SampleTargets.GPU, CompileOptions.DEFAULT.withSchedules(ScheduleFile.parse(schedule, "s.txt")));
    }

    private static Step both(Graph graph, Target target, CompileOptions options) {
        return Sinter.program(graph, target, options).plan().steps().stream()
                .filter(step -> step.outputs().size() == 2)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STORED_ONCE | computed again in each iteration of the loop over j | largest: registers at below 2; k"
                        + " 33 serial | below: buffer; i 5 global 1, j 33 global 0",
                "STORED_ONCE | kept inside 0 of the 1 loops | largest: registers at below 1 kept 0; k 33 serial |"
                        + " below: buffer; i 5 serial, j 33 serial",
                "RESULT_STORED | is a result but inlined | largest: inline | below: buffer; i 5 serial, j 33 serial",
                "RESULT_STORED | is read by below but only in memory that other kernels read | largest: buffer at below"
                        + " 1; k 33 serial | below: buffer; i 5 serial, j 33 serial",
                "WITHIN_WORK_ITEM | outside of the work-items of below | largest: registers at below 0; k 33 serial, r"
                        + " 5 serial | below: buffer; i 5 global 0, j 33 serial"
            })
    void what_is_stored_inside_of_loops_keeps_to_rules(ScheduleRule rule, String fact, String largest, String below) {
        String text = "sinter.schedule 1\nstep both\n  " + largest + "\n  " + below + "\n";
        CompileException fault =
                assertThrows(CompileException.class, () -> written(network(new Extremes(), 5, 33), text));
        assertTrue(fault.getMessage().contains(fact), fault::getMessage);
        assertTrue(fault.getMessage().contains(rule.sentence()), fault::getMessage);
    }
}
