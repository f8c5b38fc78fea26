package dev.sinter.tests.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.tests.operator.Conformance;
import dev.sinter.tests.operator.RandomNetwork;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Example;
import org.jspecify.annotations.NullMarked;

/// Whatever is a legal schedule computes what the oracle does, and touches nothing that it must not.
@NullMarked
class RandomScheduleTest {
    private static final int NETWORKS = Integer.getInteger("sinter.random.schedules", 150);

    @Example
    void every_legal_schedule_is_right() {
        Map<String, Integer> taken = new TreeMap<>();
        Map<String, Integer> refused = new TreeMap<>();
        for (long seed = 0; seed < NETWORKS; seed++) {
            RandomSchedules schedules = new RandomSchedules(seed);
            check(seed, schedules, new EvaluatorDevice(SampleTargets.GPU));
            schedules.taken().forEach((key, times) -> taken.merge(key, times, Integer::sum));
            schedules.refused().forEach((rule, times) -> refused.merge(rule.name(), times, Integer::sum));
        }
        System.out.println(taken + "\n" + refused);
        for (String feature : new String[] {"at Local", "at Registers", "kept", "Local", "PEEL", "OVERLAP", "Vector"}) {
            assertTrue(taken.getOrDefault(feature, 0) > 5, () -> "hardly any schedule had " + feature + ": " + taken);
        }
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
