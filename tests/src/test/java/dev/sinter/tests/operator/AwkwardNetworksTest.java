package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.opencl.OpenClDialect;
import dev.sinter.backend.opencl.OpenClPrinter;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.op.Unary;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Long chains, many operands, names that mean something to compilers, batches, and nothing at all.
@NullMarked
@Tag("slow")
class AwkwardNetworksTest {
    static Stream<Sample> networks() {
        return AwkwardNetworks.all().stream();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void kernels_are_safe_and_right(Sample sample) {
        for (Target target : List.of(SampleTargets.AVX2, SampleTargets.GPU)) {
            Conformance.bounded(sample.graph(), new EvaluatorDevice(target), CompileOptions.DEFAULT);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void the_jvm_is_right(Sample sample) {
        Conformance.bounded(sample.graph(), Devices.of(Devices.JVM), CompileOptions.DEFAULT);
    }

    @Tag("opencl")
    @ParameterizedTest
    @MethodSource("networks")
    void opencl_is_right(Sample sample) {
        Conformance.bounded(sample.graph(), Devices.of(Devices.OPENCL), CompileOptions.DEFAULT);
    }

    /// Whatever tensors are called, kernels are the same text.
    @Test
    void names_decide_nothing() {
        Sample odd = AwkwardNetworks.all().getFirst();
        for (Target target : List.of(SampleTargets.AVX512, SampleTargets.FPGA)) {
            List<Kernel> kernels =
                    Sinter.program(odd.graph(), target, CompileOptions.DEFAULT).kernels();
            String first = body(kernels.get(1));
            for (Kernel kernel : kernels.subList(1, kernels.size() - 1)) {
                assertEquals(first, body(kernel));
            }
        }
    }

    private static String body(Kernel kernel) {
        Kernel neutral = new Kernel("k", kernel.label(), kernel.arguments(), kernel.launch(), kernel.body());
        return OpenClPrinter.print(List.of(neutral), OpenClDialect.WIDE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "gpu", "fpga"})
    void five_thousand_nodes_are_planned_in_seconds(String target) {
        Graph.Builder builder = Graph.builder("long");
        var x = builder.input("x", TensorType.float32(1, 8, 16, 16));
        for (int i = 0; i < 2500; i++) {
            x = builder.add("n" + i, new Unary(Unary.Kind.NEGATE), builder.add("s" + i, Unary.RELU, x));
        }
        Graph graph = builder.output(x).build();
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> Sinter.program(graph, SampleTargets.named(target), CompileOptions.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "gpu", "fpga"})
    void extents_are_not_counted_through(String target) {
        Graph.Builder builder = Graph.builder("wide");
        var x = builder.input("x", TensorType.float32(1L << 28, 3, 1));
        Graph graph = builder.output(builder.add("y", Unary.RELU, x)).build();
        Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> Sinter.program(graph, SampleTargets.named(target), CompileOptions.DEFAULT));
    }

    /// A sum of nothing is zero; a tensor without elements needs no kernel.
    @ParameterizedTest
    @ValueSource(strings = {Devices.JVM, Devices.OPENCL})
    void nothing_gives_nothing(String backend) {
        Device device = Devices.of(backend);
        Graph graph = AwkwardNetworks.all().getLast().graph();
        try (Executable executable = Sinter.compile(graph, device)) {
            Map<String, Tensor> results = executable.run(Conformance.inputs(graph, 1));
            assertEquals(List.of(0L, 16L, 4L, 4L), results.get("pool").shape().dims());
            assertEquals(
                    List.of(1L, 0L, 3L, 3L), results.get("no_filters").shape().dims());
            for (float zero : results.get("both").toFloats()) {
                assertEquals(0, zero);
            }
            assertTrue(
                    executable.steps().stream().anyMatch(step -> step.kernels().isEmpty()));
        }
    }
}
