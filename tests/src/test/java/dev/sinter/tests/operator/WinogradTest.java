package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.op.WinogradConv;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.ExactNetwork;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.ChangedConstant;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.Inputs;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.verify.Verified;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Convolution by Winograd's algorithm: what is fused with it, how far its results are off, when it is taken.
@NullMarked
class WinogradTest {
    /// How much larger its errors may be than those of the sum itself, as a root of their mean square.
    private static final double WORST = 5;

    private record Case(String name, String statements) {
        Graph graph() {
            return GraphParser.parse("sinter.graph 1 graph g {\n" + statements + "}\n", name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static String conv(long images, long channels, long height, long width, long outputs, String pads) {
        return """
            %%x: f32[%d,%d,%d,%d] = input
            %%w: f32[%d,%d,3,3] = constant random 1
            %%b: f32[%d] = constant random 2
            %%y = conv(%%x, %%w, %%b) pads=[%s]
            """.formatted(images, channels, height, width, outputs, channels, outputs, pads);
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("alone", conv(1, 16, 8, 8, 16, "1,1,1,1") + "return %y\n"),
                new Case("tiles_that_hang_over", conv(1, 16, 7, 11, 32, "1,1,1,1") + "return %y\n"),
                new Case("without_padding", conv(2, 32, 6, 10, 16, "0,0,0,0") + "return %y\n"),
                new Case("padded_on_two_sides", conv(1, 16, 9, 6, 16, "2,0,0,1") + "return %y\n"),
                new Case("channels_that_fill_no_vector", conv(1, 20, 8, 8, 40, "1,1,1,1") + "return %y\n"),
                new Case("one_tile", conv(3, 16, 4, 4, 16, "1,1,1,1") + "return %y\n"),
                new Case("relu", conv(1, 16, 14, 14, 16, "1,1,1,1") + "%z = relu(%y)\nreturn %z\n"),
                new Case(
                        "relu_and_max_pool",
                        conv(1, 16, 16, 12, 16, "1,1,1,1")
                                + "%z = relu(%y)\n%p = max_pool(%z) kernel=[2,2] strides=[2,2]\nreturn %p\n"),
                new Case(
                        "average_pool_that_overlaps",
                        conv(1, 16, 9, 9, 16, "1,1,1,1")
                                + "%p = average_pool(%y) kernel=[3,3] strides=[2,2]\nreturn %p\n"),
                new Case(
                        "residual_add",
                        conv(1, 16, 8, 8, 16, "1,1,1,1") + "%s = add(%y, %x)\n%z = relu(%s)\nreturn %z\n"),
                new Case("relu_before_it", """
                    %x: f32[1,16,8,8] = input
                    %r = relu(%x)
                    %w: f32[16,16,3,3] = constant random 1
                    %y = conv(%r, %w) pads=[1,1,1,1]
                    return %y
                    """));
    }

    private static Executable compiled(Graph graph, Device device, long tile) {
        Executable executable =
                Sinter.compile(graph, device, Forced.winograd(tile).withIntermediatesKept());
        assertEquals(tile > 0, usesWinograd(executable), "the algorithm that was asked for is not the one");
        return executable;
    }

    private static boolean usesWinograd(Executable executable) {
        return executable.program().plan().graph().nodes().stream()
                .map(Node::op)
                .anyMatch(WinogradConv.class::isInstance);
    }

    private static void verify(Case sample, Device device) {
        for (long tile : List.of(2L, 4L)) {
            try (Executable executable = compiled(sample.graph(), device, tile)) {
                Verified.bounded(executable);
            }
            List<StepVerdict.Mode> modes = Verified.exact(sample.graph(), device, Forced.winograd(tile));
            boolean divides = sample.name().startsWith("average");
            assertTrue(modes.contains(divides ? StepVerdict.Mode.BOUND : StepVerdict.Mode.NEAREST), modes::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernels_do_nothing_that_they_must_not(Case sample) {
        verify(sample, new EvaluatorDevice(SampleTargets.AVX512));
        verify(sample, new EvaluatorDevice(SampleTargets.AVX2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_jvm_computes_it(Case sample) {
        verify(sample, Devices.of(Devices.JVM));
    }

    @Tag("opencl")
    @ParameterizedTest
    @MethodSource("cases")
    void opencl_computes_it(Case sample) {
        verify(sample, Devices.of(Devices.OPENCL));
    }

    /// 64 channels, as in the layers that it is for.
    @Tag("opencl")
    @ParameterizedTest
    @ValueSource(longs = {2, 4})
    void its_errors_are_at_most_five_times_those_of_the_sum(long tile) {
        Graph graph = GraphParser.parse(
                "sinter.graph 1 graph g {\n" + conv(1, 64, 28, 28, 64, "1,1,1,1") + "return %y\n}\n", "accuracy");
        Map<String, Tensor> inputs = Inputs.normal(graph, 3);
        Tensor exact = Interpreter.run(graph, inputs).values().iterator().next();
        Device device = Devices.of(Devices.OPENCL);
        double direct = error(graph, inputs, exact, device, 0);
        double winograd = error(graph, inputs, exact, device, tile);
        assertTrue(
                winograd <= WORST * direct,
                () -> "tiles of " + tile + ": rms error " + winograd + ", of the sum " + direct);
    }

    /// One channel of one tile of four by four inputs spoils the tile, and nothing else.
    @ParameterizedTest
    @ValueSource(longs = {2, 4})
    void an_infinity_spoils_the_tiles_that_read_it(long tile) {
        Graph graph = GraphParser.parse(
                "sinter.graph 1 graph g {\n" + conv(1, 16, 16, 16, 16, "1,1,1,1") + "return %y\n}\n", "infinity");
        Map<String, Tensor> inputs = Inputs.normal(graph, 3);
        inputs.values().iterator().next().set(0, Double.POSITIVE_INFINITY);
        try (Executable executable = compiled(graph, Devices.of(Devices.JVM), tile)) {
            VerificationReport report = Verification.bounded(executable, inputs, _ -> {});
            assertTrue(report.passed(), report::toString);
            assertEquals(
                    16 * tile * tile, report.verdicts().getLast().judgement().unbounded());
        }
    }

    private static double error(Graph graph, Map<String, Tensor> inputs, Tensor exact, Device device, long tile) {
        try (Executable executable = compiled(graph, device, tile)) {
            Tensor found = executable.run(inputs).values().iterator().next();
            double squares = 0;
            for (long i = 0; i < exact.shape().elements(); i++) {
                squares += Math.pow(found.get(i) - exact.get(i), 2);
            }
            return Math.sqrt(squares / exact.shape().elements());
        }
    }

    /// A weight that is off by one moves no result by less than an integer, nor does one that is off by a tenth hide in
    /// the bound.
    @Tag("opencl")
    @ParameterizedTest
    @ValueSource(longs = {2, 4})
    void a_wrong_weight_is_found(long tile) {
        Graph right = GraphParser.parse(
                "sinter.graph 1 graph g {\n" + conv(1, 16, 12, 12, 16, "1,1,1,1") + "return %y\n}\n", "mutant");
        Device device = Devices.of(Devices.OPENCL);
        Value weight = right.nodes().getFirst().input(1);
        for (long place : List.of(0L, 700L, weight.type().shape().elements() - 1)) {
            try (Executable executable = compiled(right, device, tile)) {
                Graph wrong = ChangedConstant.of(right, weight, place, value -> 1.1 * value);
                assertFalse(
                        Verification.bounded(executable, wrong, Inputs.normal(right, 3), _ -> {})
                                .passed(),
                        "weight " + place + " times 1.1 went unnoticed");
            }
            Graph integers = ExactNetwork.of(right, 11);
            try (Executable executable = compiled(integers, device, tile)) {
                Graph wrong = ChangedConstant.of(integers, weight, place, value -> value + 1);
                assertFalse(Verification.exact(executable, wrong, 5, _ -> {}).passed(), "weight " + place + " + 1");
            }
        }
    }

    /// Many channels are worth two transforms; few are not.
    @Test
    void the_planner_takes_it_where_it_pays() {
        assertTrue(isTaken(conv(1, 64, 28, 28, 64, "1,1,1,1")));
        assertFalse(isTaken(conv(1, 3, 28, 28, 64, "1,1,1,1")));
    }

    private static boolean isTaken(String conv) {
        Graph graph = GraphParser.parse("sinter.graph 1 graph g {\n" + conv + "return %y\n}\n", "choice");
        return Sinter.program(graph, SampleTargets.AVX512, CompileOptions.DEFAULT).plan().graph().nodes().stream()
                .map(Node::op)
                .anyMatch(WinogradConv.class::isInstance);
    }

    /// Its text names the algorithm by the stages, and is taken though the policy would have chosen another.
    @Test
    void a_file_says_which_algorithm_it_is_for() {
        Graph graph = new Case("written", conv(1, 16, 16, 16, 16, "1,1,1,1") + "return %y\n").graph();
        Device device = new EvaluatorDevice(SampleTargets.AVX512);
        for (long tile : List.of(0L, 2L, 4L)) {
            String text;
            try (Executable executable = compiled(graph, device, tile)) {
                var step = executable.steps().getFirst();
                text = "sinter.schedule 1\nstep " + step.cluster().last().name() + "\n"
                        + ScheduleText.print(step.group(), step.schedule());
            }
            CompileOptions options = CompileOptions.DEFAULT.withSchedules(ScheduleFile.parse(text, "file"));
            try (Executable executable = Sinter.compile(graph, device, options)) {
                var step = executable.steps().getFirst();
                assertEquals(
                        text.lines().skip(2).toList(),
                        ScheduleText.print(step.group(), step.schedule())
                                .lines()
                                .toList());
            }
        }
    }
}
