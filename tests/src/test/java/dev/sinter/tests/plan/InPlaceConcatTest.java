package dev.sinter.tests.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.verify.Verified;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is concatenated is computed in its place, where that can be.
@NullMarked
class InPlaceConcatTest {
    private static final String HEAD = """
        %x: f32[2,16,8,8] = input
        %w: f32[16,16,1,1] = constant random 1
        %v: f32[32,16,3,3] = constant random 2
        %a = conv(%x, %w)
        %b = conv(%x, %v) pads=[1,1,1,1]
        """;

    private record Case(String name, int without, String statements) {
        Graph graph() {
            return GraphParser.parse("sinter.graph 1 graph g {\n" + HEAD + statements + "}\n", name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Networks, and how many of their concatenations have no kernel.
    static Stream<Case> cases() {
        return Stream.of(
                new Case("network_output", 1, "%c = concat(%a, %b) axis=1\nreturn %c\n"),
                new Case("padded_by_what_reads_it", 1, """
                    %c = concat(%a, %b) axis=1
                    %u: f32[16,48,3,3] = constant random 3
                    %d = conv(%c, %u) pads=[1,1,1,1]
                    return %d
                    """),
                new Case("pieces_that_others_read_with_padding", 1, """
                    %m = max_pool(%a) kernel=[3,3] strides=[1,1] pads=[1,1,1,1]
                    %q = average_pool(%b) kernel=[5,5] strides=[1,1] pads=[2,2,2,2]
                    %c = concat(%a, %b, %m, %q) axis=1
                    %u: f32[16,96,1,1] = constant random 3
                    %d = conv(%c, %u)
                    return %d
                    """),
                new Case("across_channels", 1, """
                    %n = lrn(%a) size=5 alpha=1 beta=0.75 bias=1
                    %c = concat(%a, %b, %n) axis=1
                    %r = relu(%c)
                    return %r
                    """),
                new Case("concatenated_again", 2, """
                    %c = concat(%a, %b) axis=1
                    %u: f32[16,48,3,3] = constant random 3
                    %d = conv(%c, %u) pads=[1,1,1,1]
                    %e = concat(%c, %d) axis=1
                    %t: f32[16,64,1,1] = constant random 4
                    %f = conv(%e, %t)
                    return %f
                    """),
                new Case("batches", 1, """
                    %p: f32[16,16,3,3] = constant random 5
                    %g = conv(%x, %p) pads=[1,1,1,1]
                    %c = concat(%a, %g) axis=0
                    %r = max_pool(%c) kernel=[2,2] strides=[2,2]
                    return %r
                    """),
                new Case("relu_behind_it", 1, "%c = concat(%a, %b) axis=1\n%r = relu(%c)\nreturn %r\n"),
                new Case("of_an_input", 0, "%c = concat(%a, %x) axis=1\nreturn %c, %b\n"),
                new Case("twice_the_same", 0, "%c = concat(%a, %a) axis=1\nreturn %c, %b\n"),
                new Case("of_another_output", 0, "%c = concat(%a, %b) axis=1\nreturn %c, %a\n"),
                new Case("in_two_places", 1, """
                    %c = concat(%a, %b) axis=1
                    %d = concat(%b, %a) axis=1
                    %u: f32[16,48,1,1] = constant random 3
                    %e = conv(%c, %u)
                    %f = conv(%d, %u)
                    return %e, %f
                    """),
                new Case(
                        "along_rows", 0, "%r = max_pool(%a) kernel=[1,1]\n%c = concat(%a, %r) axis=2\nreturn %c, %b\n"),
                new Case("of_what_a_reshape_reads", 0, """
                    %c = concat(%a, %b) axis=1
                    %s = flatten(%a) axis=1
                    %k: f32[1024,4] = constant random 6
                    %z = matmul(%s, %k)
                    return %c, %z
                    """));
    }

    private static Plan plan(Graph graph, Target target) {
        return Sinter.program(graph, target, CompileOptions.DEFAULT).plan();
    }

    private static long without(Plan plan) {
        return plan.steps().stream().filter(step -> step.kernels().isEmpty()).count();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernels_write_where_it_is_to_be(Case sample) {
        for (Target target :
                List.of(SampleTargets.AVX512, SampleTargets.AVX2, SampleTargets.SCALAR, SampleTargets.GPU)) {
            if (!sample.name().equals("across_channels")) {
                assertEquals(sample.without(), without(plan(sample.graph(), target)), target.name());
            }
            verify(sample.graph(), new EvaluatorDevice(target));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_jvm_does_so(Case sample) {
        verify(sample.graph(), Devices.of(Devices.JVM));
    }

    @Tag("opencl")
    @ParameterizedTest
    @MethodSource("cases")
    void opencl_does_so(Case sample) {
        verify(sample.graph(), Devices.of(Devices.OPENCL));
    }

    private static void verify(Graph graph, Device device) {
        Verified.bounded(graph, device);
        Verified.exact(graph, device);
    }

    @Test
    void without_fusion_every_node_has_a_kernel() {
        Graph graph = cases().findFirst().orElseThrow().graph();
        Plan plan = Sinter.program(graph, SampleTargets.AVX512, CompileOptions.DEFAULT.withoutFusion())
                .plan();
        assertEquals(0, without(plan));
    }

    @Test
    void a_written_schedule_is_for_a_kernel() {
        Graph graph = cases().findFirst().orElseThrow().graph();
        CompileOptions options = CompileOptions.DEFAULT.withSchedules(ScheduleFile.parse("""
            sinter.schedule 1
            step c
              concat: buffer; i0 2 global 2, i1 48 global 1, i2 8 global 0, i3 8 serial
            """, "file"));
        Plan plan = Sinter.program(graph, SampleTargets.AVX512, options).plan();
        assertEquals(0, without(plan));
        assertTrue(plan.inside().isEmpty());
    }
}
