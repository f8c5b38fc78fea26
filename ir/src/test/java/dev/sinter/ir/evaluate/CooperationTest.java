package dev.sinter.ir.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Channel;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.SmallKernels;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What work-items do to each other in local memory, kernels through channels, and iterations in rings.
class CooperationTest {
    private static final long ITEMS = 4;

    private final Axis item = new Axis("item", ITEMS);
    private final Buffer x = SmallKernels.floats("x", ITEMS);
    private final Buffer y = SmallKernels.floats("y", ITEMS);
    private final KernelArray shared =
            new KernelArray("tile", ElementType.FLOAT32, List.of(ITEMS), 1, Memory.LOCAL, OptionalInt.empty());

    private Kernel group(List<Stmt> body) {
        Launch launch = new Launch.NdRange(List.of(new Launch.Dimension(new Axis("one", 1), item)));
        return new Kernel("group", "group", SmallKernels.arguments(List.of(x), y), launch, body);
    }

    private static EvaluationReport run(Kernel kernel) {
        return KernelEvaluator.run(kernel, SmallKernels.memory(kernel, 1));
    }

    private Stmt fill() {
        KernelExpr.Element own = new KernelExpr.Element(shared, List.of(Index.of(item)));
        return new Stmt.Assign(own, new KernelExpr.Load(x, Index.of(item)));
    }

    /// Each work-item takes what its neighbour filled in.
    private Stmt takeNext() {
        Index next = Index.of(item).plus(1).modulo(ITEMS);
        return new Stmt.Store(y, Index.of(item), new KernelExpr.Element(shared, List.of(next)), Optional.empty());
    }

    @Test
    void what_a_neighbour_wrote_is_there_after_a_barrier() {
        assertTrue(run(group(List.of(new Stmt.Allocate(shared), fill(), new Stmt.Barrier(), takeNext())))
                .isClean());
    }

    @Test
    void without_a_barrier_it_is_a_race() {
        EvaluationReport report = run(group(List.of(new Stmt.Allocate(shared), fill(), takeNext())));
        assertInstanceOf(Finding.LocalRace.class, report.findings().getFirst());
        assertTrue(report.toString().contains("without a barrier in between"), report::toString);
    }

    @Test
    void overwriting_what_others_may_still_read_is_a_race() {
        EvaluationReport report =
                run(group(List.of(new Stmt.Allocate(shared), fill(), new Stmt.Barrier(), takeNext(), fill())));
        assertInstanceOf(Finding.LocalRace.class, report.findings().getFirst());
    }

    @Test
    void a_barrier_that_not_all_reach_is_told() {
        Stmt some = new Stmt.If(List.of(new Stmt.Condition(Index.of(item), 0, 2)), List.of(new Stmt.Barrier()));
        EvaluationReport report = run(group(List.of(new Stmt.Allocate(shared), fill(), some, takeNext())));
        assertInstanceOf(Finding.Diverging.class, report.findings().getFirst());
    }

    @Test
    void a_ring_tells_who_took_the_place_of_what_is_read() {
        KernelArray ring =
                new KernelArray("rows", ElementType.FLOAT32, List.of(2L), 1, Memory.REGISTERS, OptionalInt.of(0));
        Axis row = new Axis("row", ITEMS);
        Stmt put = new Stmt.Assign(
                new KernelExpr.Element(ring, List.of(Index.of(row))), new KernelExpr.Load(x, Index.of(row)));
        EvaluationReport fine = run(SmallKernels.task(
                List.of(x),
                y,
                List.of(
                        new Stmt.Allocate(ring),
                        Stmt.For.over(row, LoopKind.SERIAL, List.of(put, take(ring, Index.of(row), row))))));
        assertTrue(fine.isClean(), fine::toString);
        // Two rows back is one more than the ring holds.
        Index old = Index.of(row).plus(-2).clamped(0, ITEMS);
        EvaluationReport report = run(SmallKernels.task(
                List.of(x),
                y,
                List.of(
                        new Stmt.Allocate(ring),
                        Stmt.For.over(row, LoopKind.SERIAL, List.of(put, take(ring, old, row))))));
        assertInstanceOf(Finding.Overwritten.class, report.findings().getFirst());
        assertTrue(report.toString().contains("reads coordinate 0 of the ring rows, in whose place 2 is"));
    }

    private Stmt take(KernelArray ring, Index coordinate, Axis row) {
        return new Stmt.Store(y, Index.of(row), new KernelExpr.Element(ring, List.of(coordinate)), Optional.empty());
    }

    private static Channel channel(int depth) {
        TensorType type = TensorType.float32(ITEMS);
        return new Channel(new Value("between", type), depth, Layout.rowMajor(type.shape()));
    }

    private Kernel writer(Channel channel, long elements) {
        Axis i = new Axis("i", elements);
        Stmt write = new Stmt.ChannelWrite(channel, Index.of(i), new KernelExpr.Load(x, Index.of(i)));
        Kernel task = SmallKernels.task(List.of(x), y, List.of(Stmt.For.over(i, LoopKind.SERIAL, List.of(write))));
        return new Kernel("writer", "writer", task.arguments().subList(0, 1), task.launch(), task.body());
    }

    private Kernel reader(Channel channel, Index number, Axis i) {
        KernelArray one = new KernelArray("one", ElementType.FLOAT32, List.of(), 1);
        KernelExpr.Element target = new KernelExpr.Element(one, List.of());
        List<Stmt> body = List.of(
                new Stmt.Allocate(one),
                new Stmt.ChannelRead(target, channel, number),
                new Stmt.Store(y, Index.of(i), target, Optional.empty()));
        Kernel task = SmallKernels.task(List.of(), y, List.of(Stmt.For.over(i, LoopKind.SERIAL, body)));
        return new Kernel("reader", "reader", task.arguments(), task.launch(), task.body());
    }

    private static EvaluationReport together(Kernel... kernels) {
        Map<Buffer, HostMemory> memory = new HashMap<>();
        List<Kernel> all = new ArrayList<>();
        for (Kernel kernel : kernels) {
            memory.putAll(SmallKernels.memory(kernel, 1));
            all.add(kernel);
        }
        return KernelEvaluator.run(all, memory);
    }

    @Test
    void kernels_at_both_ends_of_a_channel_run_at_the_same_time() {
        Channel channel = channel(1);
        Axis i = new Axis("i", ITEMS);
        EvaluationReport report = together(writer(channel, ITEMS), reader(channel, Index.of(i), i));
        assertTrue(report.isClean(), report::toString);
    }

    @Test
    void a_reader_that_wants_more_than_comes_waits_for_ever() {
        Channel channel = channel(2);
        Axis i = new Axis("i", ITEMS);
        EvaluationReport report = together(writer(channel, ITEMS - 1), reader(channel, Index.of(i), i));
        Finding.Blocked blocked =
                assertInstanceOf(Finding.Blocked.class, report.findings().getFirst());
        assertEquals("reader", blocked.kernel());
    }

    @Test
    void a_writer_that_nobody_reads_from_waits_for_ever() {
        EvaluationReport report = together(writer(channel(2), ITEMS));
        Finding.Blocked blocked =
                assertInstanceOf(Finding.Blocked.class, report.findings().getFirst());
        assertTrue(blocked.writes());
    }

    @Test
    void what_is_left_in_a_channel_is_told() {
        Channel channel = channel(8);
        Axis i = new Axis("i", ITEMS - 1);
        EvaluationReport report = together(writer(channel, ITEMS), reader(channel, Index.of(i), i));
        assertEquals(
                1,
                assertInstanceOf(Finding.Left.class, report.findings().getFirst())
                        .elements());
    }

    @Test
    void elements_come_in_the_order_in_which_they_were_written() {
        Channel channel = channel(8);
        Axis i = new Axis("i", ITEMS);
        Index backwards = Index.of(ITEMS - 1).minus(Index.of(i));
        EvaluationReport report = together(writer(channel, ITEMS), reader(channel, backwards, i));
        Finding.OutOfOrder wrong =
                assertInstanceOf(Finding.OutOfOrder.class, report.findings().getFirst());
        assertEquals(ITEMS - 1, wrong.expected());
        assertEquals(0, wrong.found());
    }
}
