package dev.sinter.tests.operator;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Networks that nobody thought of. A seed makes one network, so that there is nothing to shrink. The seeds are the
/// same each time, as a build should be; another `seed` below finds others.
@NullMarked
class RandomNetworkTest {
    private static final List<Target> TARGETS = List.of(
            SampleTargets.AVX512, SampleTargets.AVX2, SampleTargets.SCALAR, SampleTargets.GPU, SampleTargets.FPGA);

    @Property(tries = 100, seed = "1", shrinking = ShrinkingMode.OFF)
    void kernels_are_safe_and_right(@ForAll long seed) {
        Target target = TARGETS.get((int) Long.remainderUnsigned(seed, TARGETS.size()));
        check(seed, new EvaluatorDevice(target));
    }

    @Property(tries = 50, seed = "1", shrinking = ShrinkingMode.OFF)
    void the_jvm_is_right(@ForAll long seed) {
        check(seed, Devices.of(Devices.JVM));
    }

    /// In one program: compiling takes most of the time.
    @Tag("opencl")
    @Test
    void opencl_is_right() {
        List<Sample> networks = LongStream.range(0, 24)
                .mapToObj(seed -> new Sample("seed_" + seed, RandomNetwork.of(seed)))
                .toList();
        Conformance.bounded(GraphCopy.merged("random", networks), Devices.of(Devices.OPENCL), CompileOptions.DEFAULT);
    }

    /// With and without passes and fusion, by turns.
    private static void check(long seed, Device device) {
        Graph graph = RandomNetwork.of(seed);
        boolean optimise = (seed & 1) == 0;
        boolean fuse = (seed & 6) != 0;
        CompileOptions options = new CompileOptions(fuse, optimise, false, Optional.empty(), Trace.silent());
        try {
            Conformance.bounded(graph, device, options);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + " on " + device.name() + (fuse ? ", fused" : ", not fused")
                            + (optimise ? ", with passes" : ", without passes") + ": " + failure.getMessage() + "\n"
                            + GraphPrinter.print(graph, GraphPrinter.Constants.ELIDED),
                    failure);
        }
    }
}
