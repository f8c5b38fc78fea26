package dev.sinter.tests.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.Shape;
import dev.sinter.tests.operator.RandomNetwork;
import dev.sinter.tests.support.SampleTargets;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Tensors that are needed at one time never lie in one another's memory.
class MemoryPlanTest {
    private static final List<Target> TARGETS =
            List.of(SampleTargets.AVX512, SampleTargets.SCALAR, SampleTargets.GPU, SampleTargets.FPGA);

    /// From the kernel that writes a tensor first to the last that touches it.
    private record Life(int from, int to) {
        private Life and(int time) {
            return new Life(Math.min(from, time), Math.max(to, time));
        }

        private boolean overlaps(Life other) {
            return from <= other.to && other.from <= to;
        }
    }

    @Property(tries = 120, seed = "3", shrinking = ShrinkingMode.OFF)
    void no_two_live_tensors_share_a_slot(@ForAll long seed) {
        Graph graph = RandomNetwork.of(seed);
        Target target = TARGETS.get((int) Long.remainderUnsigned(seed, TARGETS.size()));
        Program program = Sinter.program(graph, target, CompileOptions.DEFAULT).withoutChannels();
        assertTrue(program.memory().peakBytes() <= program.memory().bytes(), "seed " + seed);
        assertTrue(program.memory().peakBytes() <= program.memory().separateBytes(), "seed " + seed);
        Map<Source, Life> lives = lives(program);
        lives.forEach((source, life) -> lives.forEach((other, otherLife) -> {
            boolean shared = source != other
                    && program.memory().hasSlot(source)
                    && program.memory().hasSlot(other)
                    && program.memory().slot(source) == program.memory().slot(other);
            assertTrue(
                    !shared || !life.overlaps(otherLife),
                    () -> "seed " + seed + " on " + target.name() + ": " + source.name() + " " + life + " and "
                            + other.name() + " " + otherLife + " share a slot");
        }));
    }

    /// Each element of a concatenation that has no kernel is an element of one of its pieces, at the same offset.
    @Property(tries = 120, seed = "5", shrinking = ShrinkingMode.OFF)
    void pieces_fill_what_they_are_pieces_of(@ForAll long seed) {
        Plan plan = Sinter.program(RandomNetwork.of(seed), SampleTargets.AVX512, CompileOptions.DEFAULT)
                .plan();
        Map<Value, Set<Long>> filled = new IdentityHashMap<>();
        plan.inside().forEach((piece, whole) -> {
            for (long offset : offsets(plan.layout(piece))) {
                boolean free =
                        filled.computeIfAbsent(whole, _ -> new HashSet<>()).add(offset);
                assertTrue(free, () -> "seed " + seed + ": two pieces of " + whole + " at " + offset);
            }
        });
        filled.forEach((whole, offsets) ->
                assertEquals(offsets(plan.layout(whole)), offsets, "seed " + seed + ": " + whole + " and its pieces"));
    }

    private static Set<Long> offsets(Layout layout) {
        Set<Long> offsets = new HashSet<>();
        Shape shape = layout.logical();
        for (long i = 0; i < shape.elements(); i++) {
            long[] coordinates = new long[shape.rank()];
            long rest = i;
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                coordinates[axis] = rest % shape.dim(axis);
                rest /= shape.dim(axis);
            }
            offsets.add(layout.offset(coordinates));
        }
        return offsets;
    }

    private static Map<Source, Life> lives(Program program) {
        Plan plan = program.plan();
        Map<Source, Life> lives = new IdentityHashMap<>();
        int time = 0;
        for (Kernel kernel : program.kernels()) {
            for (Kernel.Argument argument : kernel.arguments()) {
                int now = time;
                Source memory = plan.memoryOf(argument.source());
                lives.merge(memory, new Life(now, now), (life, _) -> life.and(now));
            }
            time++;
        }
        int end = time;
        for (Value value : plan.graph().inputs()) {
            lives.computeIfPresent(value, (_, life) -> new Life(-1, life.to()));
        }
        for (Value value : plan.graph().outputs()) {
            lives.computeIfPresent(plan.memoryOf(value), (_, life) -> life.and(end));
        }
        return lives;
    }
}
