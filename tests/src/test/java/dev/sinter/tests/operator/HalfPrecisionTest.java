package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.opencl.OpenClDialect;
import dev.sinter.backend.opencl.OpenClPrinter;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Precision;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Networks that are computed in float16, on the kernel evaluator, since few devices have it.
@NullMarked
class HalfPrecisionTest {
    private static final CompileOptions HALF = CompileOptions.DEFAULT.withPrecision(Precision.FLOAT16);
    private static final List<Target> TARGETS =
            List.of(SampleTargets.GPU, SampleTargets.AVX512, SampleTargets.FPGA, SampleTargets.SCALAR);

    /// Each sample on one of the targets.
    static Stream<Arguments> samplesOnTargets() {
        List<Sample> samples = OperatorSamples.all();
        return IntStream.range(0, samples.size())
                .mapToObj(i -> Arguments.of(
                        samples.get(i), TARGETS.get(i % TARGETS.size()).name()));
    }

    private static Device device(Target target) {
        return new EvaluatorDevice(target.withHalf(true));
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("samplesOnTargets")
    void every_operator_is_within_its_bounds(Sample sample, String target) {
        Conformance.bounded(sample.graph(), device(SampleTargets.named(target)), HALF);
    }

    private static final Sample NETWORK = Sample.of("network", """
        %x: f32[1,3,12,12] = input
        %w: f32[16,3,3,3] = constant random 1
        %b: f32[16] = constant random 2
        %v: f32[10,400] = constant random 3
        %conv = conv(%x, %w, %b) pads=[1,1,1,1]
        %relu = leaky_relu(%conv) alpha=0.1
        %pool = max_pool(%relu) kernel=[3,3] strides=[2,2]
        %flat = flatten(%pool) axis=1
        %full = gemm(%flat, %v) alpha=0.05 beta=1 transpose_a=false transpose_b=true
        %y = softmax(%full) axis=1
        return %y\
        """);

    static List<Target> targets() {
        return TARGETS;
    }

    @ParameterizedTest
    @MethodSource("targets")
    void a_network_is_nearly_what_it_is_in_single_precision(Target target) {
        Map<String, Tensor> inputs = Conformance.inputs(NETWORK.graph(), 1);
        Tensor expected =
                Objects.requireNonNull(Interpreter.run(NETWORK.graph(), inputs).get("y"));
        Conformance.bounded(NETWORK.graph(), device(target), HALF);
        try (Executable executable = Sinter.compile(NETWORK.graph(), device(target), HALF)) {
            assertEquals(
                    ElementType.FLOAT32, executable.inputs().getFirst().type().element());
            Tensor found = Objects.requireNonNull(executable.run(inputs).get("y"));
            assertEquals(ElementType.FLOAT32, found.type().element());
            assertTrue(!found.sameBits(expected), "nothing was rounded to half");
            for (long i = 0; i < found.shape().elements(); i++) {
                assertEquals(expected.get(i), found.get(i), 0.01);
            }
        }
    }

    @Test
    void kernels_compute_in_half_and_say_which_extension_that_takes() {
        Program program = Sinter.program(NETWORK.graph(), SampleTargets.GPU.withHalf(true), HALF);
        String text = OpenClPrinter.print(program.kernels(), OpenClDialect.NARROW);
        assertTrue(text.startsWith("#pragma OPENCL EXTENSION cl_khr_fp16 : enable\n"), text);
        assertTrue(text.contains("half conv["), text);
        assertTrue(text.contains("__global const half* restrict w0"), text);
        assertTrue(text.contains("__global const float* restrict x0"), text);
        String single = OpenClPrinter.print(
                Sinter.program(NETWORK.graph(), SampleTargets.GPU.withHalf(true), CompileOptions.DEFAULT)
                        .kernels(),
                OpenClDialect.NARROW);
        assertTrue(!single.contains("half") && !single.contains("fp16"), single);
    }

    @Test
    void a_device_without_half_is_refused_by_name() {
        Graph graph = NETWORK.graph();
        for (Device device : List.of(Devices.of(Devices.JVM), new EvaluatorDevice(SampleTargets.GPU))) {
            CompileException fault = assertThrows(CompileException.class, () -> Sinter.compile(graph, device, HALF));
            assertEquals(Code.DEVICE_PRECISION, fault.code());
            assertEquals("device " + device.target().name(), fault.where());
            assertTrue(fault.fact().contains("cl_khr_fp16"), fault.fact());
        }
    }
}
