package dev.sinter.ir.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TripsTest {
    private static final double NEAR = 1e-12;

    private final Axis around = new Axis("w", 4);
    private final Axis axis = new Axis("x", 3);

    @Test
    void a_whole_loop_has_its_axis_extent() {
        assertEquals(3, Trips.of(Stmt.For.over(axis, LoopKind.SERIAL, List.of())));
    }

    @Test
    void a_loop_over_what_a_window_brings_in_is_longer_the_first_time() {
        // From 0, then three times from 2.
        Index from = Index.of(around).clamped(0, 1).times(2);
        assertEquals((3 + 1 + 1 + 1) / 4.0, trips(from, Index.of(3)), NEAR);
    }

    @Test
    void a_loop_that_is_over_before_it_begins_has_none() {
        // 2, 1, 0, and none again.
        assertEquals((2 + 1) / 4.0, trips(Index.of(around), Index.of(2)), NEAR);
    }

    @Test
    void where_too_many_loops_are_around_it_is_the_middle() {
        Axis one = new Axis("a", 1000);
        Axis other = new Axis("b", 1000);
        Index until = Index.of(one).plus(Index.of(other));
        assertEquals((0 + 1998) / 2.0, trips(Index.ZERO, until), NEAR);
    }

    private double trips(Index from, Index until) {
        return Trips.of(new Stmt.For(axis, from, until, LoopKind.SERIAL, List.of()));
    }
}
