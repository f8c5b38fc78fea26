package dev.sinter.tests.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.tests.operator.Conformance;
import dev.sinter.tests.operator.GraphCopy;
import dev.sinter.tests.operator.RandomNetwork;
import dev.sinter.tests.operator.Sample;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Whatever is a legal schedule computes what the oracle does, and touches nothing that it must not.
@NullMarked
class RandomScheduleTest {
    private static final int NETWORKS = Integer.getInteger("sinter.random.schedules", 200);
    private static final long FIRST_SEED = Long.getLong("sinter.random.seed", 0);

    private static final List<String> FEATURES =
            List.of("at Local", "at Registers", "kept", "Local", "PEEL", "OVERLAP", "Vector");

    @Example
    void every_legal_schedule_is_right() {
        Map<String, Integer> taken = new TreeMap<>();
        for (long seed = 0; seed < NETWORKS; seed++) {
            RandomSchedules schedules = new RandomSchedules(seed);
            check(seed, schedules, new EvaluatorDevice(SampleTargets.GPU));
            schedules.taken().forEach((key, times) -> taken.merge(key, times, Integer::sum));
        }
        for (String feature : FEATURES) {
            assertTrue(taken.getOrDefault(feature, 0) > 5, () -> "hardly any schedule had " + feature + ": " + taken);
        }
    }

    /// In one program: compiling takes most of the time.
    @Tag("opencl")
    @Test
    void opencl_runs_them_as_they_are_meant() {
        List<Sample> networks = LongStream.range(0, 24)
                .mapToObj(seed -> new Sample("seed_" + seed, RandomNetwork.of(seed)))
                .toList();
        RandomSchedules schedules = new RandomSchedules(FIRST_SEED);
        CompileOptions options = new CompileOptions(true, true, false, Optional.of(schedules), Trace.silent());
        Conformance.bounded(GraphCopy.merged("random", networks), Devices.of(Devices.OPENCL), options);
        assertTrue(
                schedules.taken().getOrDefault("at Local", 0) > 0,
                schedules.taken().toString());
    }

    private static void check(long seed, RandomSchedules schedules, Device device) {
        Graph graph = RandomNetwork.of(seed);
        CompileOptions options = new CompileOptions(true, true, false, Optional.of(schedules), Trace.silent());
        try {
            Conformance.bounded(graph, device, options);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + " on " + device.name() + ": " + failure.getMessage() + "\n"
                            + schedules.texts() + "\n"
                            + GraphPrinter.print(graph, GraphPrinter.Constants.ELIDED),
                    failure);
        }
    }
}
