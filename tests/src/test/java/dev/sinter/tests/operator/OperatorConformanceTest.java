package dev.sinter.tests.operator;

import static java.util.stream.Collectors.partitioningBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.support.WorkItemsDevice;
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

/// Every sample on every device, in three forms: as it is; with elementwise operators around it, which are fused with
/// it where that can be; and the same with nothing fused and no passes, so that each operator reads and writes layouts
/// of the compiler's own choice.
@NullMarked
@Tag("slow")
class OperatorConformanceTest {
    static Stream<Arguments> samplesOnTargets() {
        List<Target> targets = List.of(
                SampleTargets.AVX512, SampleTargets.AVX2, SampleTargets.SCALAR, SampleTargets.GPU, SampleTargets.FPGA);
        return targets.stream()
                .flatMap(target -> samples().stream().map(sample -> Arguments.of(sample, target.name())));
    }

    static List<Sample> samples() {
        return OperatorSamples.all();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("samplesOnTargets")
    void kernels_are_safe_and_right_on_every_kind_of_target(Sample sample, String target) {
        checkAllForms(sample, new EvaluatorDevice(SampleTargets.named(target)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void the_jvm_is_right(Sample sample) {
        checkAllForms(sample, Devices.of(Devices.JVM));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void bytecode_of_work_items_is_right(Sample sample) {
        Device device = new WorkItemsDevice(SampleTargets.GPU);
        Conformance.bounded(sample.graph(), device, CompileOptions.DEFAULT);
        Conformance.checkOnce(GraphCopy.surrounded(sample.graph()), device, CompileOptions.DEFAULT);
    }

    private static void checkAllForms(Sample sample, Device device) {
        Graph surrounded = GraphCopy.surrounded(sample.graph());
        Conformance.check(sample.graph(), device, CompileOptions.DEFAULT);
        Conformance.checkOnce(surrounded, device, CompileOptions.DEFAULT);
        Conformance.checkOnce(surrounded, device, Conformance.APART);
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
