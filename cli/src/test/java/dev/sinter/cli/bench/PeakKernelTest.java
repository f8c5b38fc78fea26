package dev.sinter.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.exec.LoadedProgram;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import org.junit.jupiter.api.Test;

class PeakKernelTest {
    private static final long ITERATIONS = 50;

    /// The multiply-adds are done and not left out: the sums tell how many there were.
    @Test
    void the_jvm_computes_all_of_its_sums() {
        Device device = Devices.installed().choose("jvm").device();
        PeakKernel kernel = PeakKernel.of(device.target(), ITERATIONS);
        Program program = kernel.program();
        Graph graph = program.plan().graph();
        Tensor x = RandomTensors.uniform(graph.inputs().getFirst().type(), 0.5, 0.9, 3);
        try (LoadedProgram loaded = device.load(program, Trace.silent());
                RunContext context = loaded.newContext()) {
            context.write(graph.inputs().getFirst(), x);
            program.plan().steps().forEach(context::start);
            context.finish();
            Tensor y = context.read(graph.outputs().getFirst());
            for (long i = 0; i < x.shape().elements(); i++) {
                assertEquals(expected(x.get(i), kernel.accumulators()), y.get(i), 1e-4);
            }
        }
    }

    private static double expected(double x, int accumulators) {
        double all = 1 - x;
        for (int i = 0; i < accumulators; i++) {
            double sum = x + i;
            for (long k = 0; k < ITERATIONS; k++) {
                sum = sum * x + (1 - x);
            }
            all += sum;
        }
        return all;
    }

    @Test
    void operations_are_counted_from_its_loops() {
        Target target = HardwareConfigs.bundled().named("pocl-avx512").target();
        PeakKernel kernel = PeakKernel.of(target, 10);
        assertEquals(2.0 * kernel.workItems() * 16 * kernel.accumulators() * 10, kernel.flops());
    }

    @Test
    void a_gpu_gets_groups_of_work_items() {
        Target target = HardwareConfigs.bundled().named("nvidia-h200").target();
        Kernel kernel = PeakKernel.of(target, 10).program().kernels().getFirst();
        Launch.NdRange range = (Launch.NdRange) kernel.launch();
        assertEquals(256, range.groupSize());
        assertTrue(range.workItems() >= 1024L * target.computeUnits(), range::toString);
    }
}
