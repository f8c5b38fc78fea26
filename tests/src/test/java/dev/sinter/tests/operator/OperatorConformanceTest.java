package dev.sinter.tests.operator;

import static java.util.stream.Collectors.partitioningBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sample on processors: as kernels for several, on the JVM and through OpenCL. Other targets are those of
/// [AcceleratorConformanceTest], so that the two can run side by side.
@NullMarked
@Tag("slow")
class OperatorConformanceTest {
    static Stream<Arguments> samplesOnTargets() {
        return Conformance.samplesOn(SampleTargets.AVX512, SampleTargets.AVX2, SampleTargets.SCALAR);
    }

    static List<Sample> samples() {
        return OperatorSamples.all();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("samplesOnTargets")
    void kernels_are_safe_and_right_on_processors(Sample sample, String target) {
        Conformance.checkAllForms(sample, new EvaluatorDevice(SampleTargets.named(target)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void the_jvm_is_right(Sample sample) {
        Conformance.checkAllForms(sample, Devices.of(Devices.JVM));
    }

    /// An OpenCL compiler takes long for a kernel, so that each is compiled once: samples as they are, all in one
    /// program, with integer weights where these leave the operators as they are.
    @Tag("opencl")
    @Test
    void opencl_is_right() {
        Device device = Devices.of(Devices.OPENCL);
        Map<Boolean, List<Sample>> byExactness = samples().stream()
                .filter(OperatorConformanceTest::isInEveryOpenCl)
                .collect(partitioningBy(sample -> Conformance.hasExactForm(sample.graph())));
        Conformance.checkOnce(
                GraphCopy.merged("exact", byExactness.getOrDefault(true, List.of())), device, CompileOptions.DEFAULT);
        Conformance.bounded(
                GraphCopy.merged("bounded", byExactness.getOrDefault(false, List.of())),
                device,
                CompileOptions.DEFAULT);
    }

    /// A tenth of the samples: what printers see does not depend on fusion, only how often they see it.
    @Tag("opencl")
    @Test
    void opencl_is_right_without_fusion() {
        List<Sample> some = IntStream.range(0, samples().size())
                .filter(i -> i % 10 == 0)
                .mapToObj(samples()::get)
                .map(sample -> new Sample(sample.name(), GraphCopy.surrounded(sample.graph())))
                .toList();
        Conformance.bounded(GraphCopy.merged("apart", some), Devices.of(Devices.OPENCL), Conformance.APART);
    }

    /// Double precision is an extension that many GPUs lack.
    private static boolean isInEveryOpenCl(Sample sample) {
        return sample.graph().inputs().stream().noneMatch(input -> input.type().element() == ElementType.FLOAT64);
    }

    @Test
    void what_needs_no_kernel_comes_out_as_it_went_in() {
        List<Sample> without = samples().stream()
                .filter(sample -> Sinter.program(sample.graph(), SampleTargets.AVX512, CompileOptions.DEFAULT)
                        .kernels()
                        .isEmpty())
                .toList();
        assertTrue(without.size() > 3, "reshapes need no kernel");
        for (Sample sample : without) {
            Map<String, Tensor> inputs = Conformance.inputs(sample.graph(), 1);
            try (Executable executable = Sinter.compile(sample.graph(), Devices.of(Devices.JVM))) {
                Map<String, Tensor> expected = Interpreter.run(sample.graph(), inputs);
                executable
                        .run(inputs)
                        .forEach((name, tensor) ->
                                assertTrue(tensor.sameBits(java.util.Objects.requireNonNull(expected.get(name)))));
            }
        }
    }

    @Test
    void samples_have_names_of_their_own() {
        assertEquals(
                samples().size(),
                samples().stream().map(Sample::name).distinct().count());
    }
}
