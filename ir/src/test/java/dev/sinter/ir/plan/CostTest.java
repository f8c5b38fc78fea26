package dev.sinter.ir.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.Target;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Of two schedules whose order anyone would tell, the cost model tells it too.
class CostTest {
    private static final Target CPU = target(Target.Kind.CPU, 16, 32, 2, 64, 0);
    private static final Target GPU = target(Target.Kind.GPU, 1, 64, 16, 256, 48 << 10);
    private static final Target FPGA = target(Target.Kind.FPGA, 1, 1024, 1, 512, 0);

    private final Group group = Fusion.clusters(GraphParser.parse("""
        sinter.graph 1
        graph c {
        %x: f32[1,32,34,34] = input
        %w: f32[32,32,3,3] = input
        %y = conv(%x, %w) strides=[1,1]
        return %y
        }
        """, "c"), true, Target.Limits.COMMON)
            .clusters()
            .getFirst()
            .group();

    private static Target target(
            Target.Kind kind, int lanes, int registers, int units, double flopsPerCycle, long localBytes) {
        return new Target(
                kind.name(),
                kind,
                lanes,
                registers,
                kind == Target.Kind.GPU ? 32 : 1,
                units,
                1e9,
                flopsPerCycle,
                8L << 30,
                100e9,
                localBytes,
                1 << 20,
                5e-6,
                kind == Target.Kind.FPGA
                        ? Optional.of(new Target.Fpga(400_000, 1500, 50_000_000, "aoc"))
                        : Optional.empty());
    }

    private double seconds(String text, Target target) {
        Schedule schedule = ScheduleText.parse(group, text);
        Kernels.Part part = Kernels.of(group, schedule::stores).parts().getFirst();
        return KernelCost.seconds(
                Lowering.lower(
                        Lowering.check(part, schedule, CostTest::rowMajor).orThrow(),
                        CostTest::rowMajor,
                        new Identifiers()),
                target);
    }

    private static Layout rowMajor(dev.sinter.ir.expr.Source source) {
        return Layout.rowMajor(source.type().shape());
    }

    private void assertCheaper(String cheap, String dear, Target target) {
        double less = seconds(cheap, target);
        double more = seconds(dear, target);
        assertTrue(
                less < more, () -> less + " s should be less than " + more + " s for\n" + cheap + "\nagainst\n" + dear);
    }

    @Test
    void vectors_beat_numbers_on_a_cpu() {
        assertCheaper(
                "conv: buffer; c 32 global 1, h 32 global 0, w 2:16 serial, ic 32 serial, kh 3 serial, kw 3 serial, w"
                        + " 16 vector",
                "conv: buffer; c 32 global 1, h 32 global 0, w 32 serial, ic 32 serial, kh 3 serial, kw 3 serial",
                CPU);
    }

    @Test
    void a_block_in_registers_beats_single_sums() {
        String block = "conv: buffer; c 8:4 global 1, h 32 global 0, w 2:16 serial, ic 32 serial, kh 3 serial, kw 3"
                + " serial, c 4 unroll, w 16 vector";
        String single = "conv: buffer; c 32 global 1, h 32 global 0, w 2:16 serial, ic 32 serial, kh 3 serial, kw 3"
                + " serial, w 16 vector";
        assertCheaper(block, single, CPU);
    }

    @Test
    void more_accumulators_than_registers_are_dear() {
        String fits = "conv: buffer; c 4:8 global 1, h 32 global 0, w 2:16 serial, ic 32 serial, kh 3 serial, kw 3"
                + " serial, c 8 unroll, w 16 vector";
        String spills = "conv: buffer; c 1:32 global 1, h 32 global 0, w 2:16 serial, ic 32 serial, kh 3 serial, kw 3"
                + " serial, c 32 unroll, w 16 vector";
        assertCheaper(fits, spills, CPU);
    }

    @Test
    void neighbours_that_load_neighbours_beat_those_that_do_not() {
        assertCheaper(
                "conv: buffer; c 32 global 2, h 32 global 1, w 32 local 0, ic 32 serial, kh 3 serial, kw 3 serial",
                "conv: buffer; c 32 global 2, w 32 global 1, h 32 local 0, ic 32 serial, kh 3 serial, kw 3 serial",
                GPU);
    }

    @Test
    void independent_sums_beat_one_that_waits_for_itself_on_an_fpga() {
        assertCheaper(
                "conv: buffer; h 32 serial, w 32 serial, ic 32 serial, kh 3 serial, kw 3 serial, c 32 pipeline 1",
                "conv: buffer; c 32 serial, h 32 serial, w 32 serial, kh 3 serial, kw 3 serial, ic 32 pipeline 1",
                FPGA);
    }

    @Test
    void the_cheapest_is_taken() {
        Ranking ranking = Ranking.of(new CpuCandidates().of(group, CPU), CPU, CostTest::rowMajor);
        double least = ranking.divisions().stream()
                .mapToDouble(Ranking.Divided::seconds)
                .min()
                .orElseThrow();
        Schedule taken = ranking.best("c").schedule();
        double cost = seconds(ScheduleText.print(group, taken), CPU) + CPU.launchOverhead();
        assertEquals(least, cost, least * 1e-9);
    }
}
