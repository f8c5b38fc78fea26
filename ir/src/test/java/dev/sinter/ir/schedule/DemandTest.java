package dev.sinter.ir.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.plan.Fusion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is read of a stage follows from the loops around it.
class DemandTest {
    private final Group group = Fusion.clusters(GraphParser.parse("""
        sinter.graph 1
        graph pooled {
        %x: f32[1,8,17,17] = input
        %w: f32[16,8,3,3] = input
        %c = conv(%x, %w) strides=[1,1] pads=[1,1,1,1]
        %y = max_pool(%c) kernel=[3,3] strides=[2,2]
        return %y
        }
        """, "pooled"), true, Target.Limits.COMMON)
            .clusters()
            .getFirst()
            .group();

    private static Demand demand(Group group, String text) {
        Schedule schedule = ScheduleText.parse(group, text);
        Kernels.Part part = Kernels.of(group, schedule::stores).parts().getLast();
        return Demand.of(part, schedule).orThrow();
    }

    private static Stage stage(Group group, String name) {
        return group.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Long> spans(Nest nest) {
        return nest.stage().axes().stream()
                .map(axis -> nest.span(axis).extent())
                .toList();
    }

    private static List<Long> places(Nest nest) {
        return nest.storage().orElseThrow().dimensions().stream()
                .map(Storage.Dimension::extent)
                .toList();
    }

    @Test
    void a_tile_of_two_pooled_columns_reads_five_columns() {
        Demand demand = demand(group, """
            max_pool: buffer; c 16 global 2, h 8 global 1, w 4:2 global 0, kh 3 serial, kw 3 serial, w 2 unroll
            conv: registers at max_pool 3; ic 8 serial, kh 3 serial, kw 3 serial, h demand serial, w demand serial
            """);
        Nest conv = demand.nest(stage(group, "conv"));
        assertEquals(List.of(1L, 1L, 3L, 5L), spans(conv));
        assertEquals(List.of(1L, 1L, 3L, 5L), places(conv));
        assertEquals("4*wo", conv.span(conv.stage().axes().get(3)).base().toString());
    }

    @Test
    void rows_that_are_kept_lie_in_a_ring_of_as_many_as_a_window_has() {
        Demand demand = demand(group, """
            max_pool: buffer; h 8 serial, w 8 serial, c 16 serial, kh 3 unroll, kw 3 unroll
            conv: registers at max_pool 1 kept 0; ic 8 serial, kh 3 serial, kw 3 serial, h demand serial, w demand serial, c demand serial
            """);
        Nest conv = demand.nest(stage(group, "conv"));
        assertEquals(List.of(1L, 16L, 3L, 17L), places(conv));
        assertTrue(conv.storage().orElseThrow().dimensions().get(2).ring());
        assertFalse(conv.storage().orElseThrow().dimensions().get(3).ring());
        Nest.Counter rows = conv.counters().stream()
                .filter(counter -> counter.loop().axis() == conv.stage().axes().get(2))
                .findFirst()
                .orElseThrow();
        assertEquals("clamp(h, 0, 1)", rows.from().toString(), "one row of three is there already");
    }

    @Test
    void an_inner_loop_moves_along_an_axis_that_is_kept_whole() {
        Demand demand = demand(group, """
            max_pool: buffer; h 8 serial, w 8 serial, c 16 serial, kh 3 unroll, kw 3 unroll
            conv: registers at max_pool 2 kept 0; ic 8 serial, kh 3 serial, kw 3 serial, h demand serial, w demand serial, c demand serial
            """);
        assertEquals(List.of(1L, 16L, 3L, 17L), places(demand.nest(stage(group, "conv"))));
    }

    @Test
    void what_a_work_group_shares_is_what_all_of_it_reads() {
        Group staged = Staging.of(group, Set.of(group.sources().iterator().next()), Set.of())
                .group();
        Demand demand = demand(staged, """
            load(x): local at conv 1; x2 4 local 0, x3 4 local 1, x1 demand serial, x2 demand:4 serial, x3 demand:4 serial
            conv: registers at max_pool 5; ic 8 serial, kh 3 serial, kw 3 serial, h demand serial, w demand serial
            max_pool: buffer; c 16 global 2, h 2:4 global 1, w 2:4 global 0, h 4 local 0, w 4 local 1, kh 3 serial, kw 3 serial
            """);
        Nest load = demand.nest(stage(staged, "load"));
        assertEquals(List.of(1L, 1L, 11L, 11L), spans(load), "4 pools of 3 rows, 2 apart, under a convolution of 3");
        assertEquals(List.of(1L, 1L, 3L, 3L), spans(demand.nest(stage(staged, "conv"))));
    }

    @Test
    void a_tensor_that_is_padded_by_all_is_staged_with_its_padding() {
        Group staged = Staging.of(group, Set.of(group.sources().iterator().next()), Set.of())
                .group();
        assertEquals(List.of(1L, 8L, 19L, 19L), stage(staged, "load").shape().dims());
    }
}
