package dev.sinter.tests.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import dev.sinter.tests.verify.Verified;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What each family of devices makes of a convolution with pooling.
@NullMarked
class ScheduleFamiliesTest {
    private static final Graph NETWORK = GraphParser.parse("""
        sinter.graph 1
        graph pooled {
        %x: f32[1,8,15,15] = input
        %w: f32[16,8,3,3] = constant random 1
        %b: f32[16] = constant random 2
        %c = conv(%x, %w, %b) strides=[1,1] pads=[1,1,1,1]
        %r = relu(%c)
        %y = max_pool(%r) kernel=[3,3] strides=[2,2]
        return %y
        }
        """, "pooled");

    private static Step step(Target target) {
        return Sinter.program(NETWORK, target, CompileOptions.DEFAULT)
                .plan()
                .steps()
                .getFirst();
    }

    private static String text(Target target) {
        Step step = step(target);
        return ScheduleText.print(step.group(), step.schedule());
    }

    @Test
    void an_fpga_links_kernels_by_channels_and_feeds_windows_by_rings() {
        Step step = step(SampleTargets.FPGA);
        String text = ScheduleText.print(step.group(), step.schedule());
        assertTrue(step.kernels().stream().anyMatch(Kernel::usesChannels), text);
        assertTrue(text.contains("kept"), text);
        assertTrue(text.contains("local at"), text);
        assertTrue(text.contains("pipeline 1"), text);
    }

    @Test
    void an_fpga_whose_compiler_has_no_channels_gets_buffers() {
        Target aoc = SampleTargets.FPGA;
        Target other = new Target(
                "other",
                Target.Kind.FPGA,
                aoc.vectorLanes(),
                aoc.vectorRegisters(),
                aoc.subgroup(),
                aoc.computeUnits(),
                aoc.clock(),
                aoc.flopsPerCycle(),
                aoc.memoryBytes(),
                aoc.memoryBandwidth(),
                aoc.localBytes(),
                aoc.cacheBytes(),
                aoc.launchOverhead(),
                Optional.of(new Target.Fpga(400_000, 1500, 50_000_000, "v++")));
        assertTrue(step(other).kernels().stream().noneMatch(Kernel::usesChannels), text(other));
    }

    @Test
    void a_gpu_brings_operands_into_local_memory() {
        String text = text(SampleTargets.GPU);
        assertTrue(text.contains("load(x): local at conv 1"), text);
    }

    @Test
    void channels_are_queues_to_the_evaluator() {
        Verified.exact(NETWORK, new EvaluatorDevice(SampleTargets.FPGA));
        Verified.exact(NETWORK, new EvaluatorDevice(SampleTargets.GPU));
    }

    @Tag("opencl")
    @Test
    void opencl_runs_the_schedules_of_other_families() {
        for (Target family : List.of(SampleTargets.FPGA, SampleTargets.GPU)) {
            Policy policy = (group, _, layouts) -> Policy.of(family).schedule(group, family, layouts);
            Verified.exact(NETWORK, Devices.of(Devices.OPENCL), CompileOptions.DEFAULT.withPolicy(policy));
        }
    }
}
