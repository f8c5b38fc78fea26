package dev.sinter.tests.operator;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.support.WorkItemsDevice;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every sample as kernels for a GPU and an FPGA, and as bytecode of work-items.
@NullMarked
@Tag("slow")
class AcceleratorConformanceTest {
    static Stream<Arguments> samplesOnTargets() {
        return Conformance.samplesOn(SampleTargets.GPU, SampleTargets.FPGA);
    }

    static List<Sample> samples() {
        return OperatorSamples.all();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("samplesOnTargets")
    void kernels_are_safe_and_right_on_accelerators(Sample sample, String target) {
        Conformance.checkAllForms(sample, new EvaluatorDevice(SampleTargets.named(target)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void bytecode_of_work_items_is_right(Sample sample) {
        Device device = new WorkItemsDevice(SampleTargets.GPU);
        Conformance.bounded(sample.graph(), device, CompileOptions.DEFAULT);
        Conformance.checkOnce(GraphCopy.surrounded(sample.graph()), device, CompileOptions.DEFAULT);
    }
}
