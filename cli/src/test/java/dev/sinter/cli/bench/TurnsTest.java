package dev.sinter.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void contenders_take_turns_and_each_first_run_does_not_count() {
        List<String> order = new ArrayList<>();
        List<Samples> samples = Turns.of(2, 0).measure(List.of(() -> order.add("a"), () -> order.add("b")));
        assertEquals(List.of("a", "a", "b", "b", "a", "a", "b", "b"), order);
        assertEquals(2, samples.size());
        samples.forEach(one -> assertEquals(2, one.seconds().size()));
    }

    @Test
    void each_contender_runs_for_a_while_before_all() {
        List<String> order = new ArrayList<>();
        Turns.of(1, 0).afterWarmingUp(0.01).measure(List.of(() -> order.add("a"), () -> order.add("b")));
        assertTrue(order.size() > 100, "only " + order.size() + " runs in 20 ms");
        assertEquals(List.of("a", "a", "b", "b"), order.subList(order.size() - 4, order.size()));
        assertEquals("a", order.getFirst());
    }

    @Test
    void each_sample_is_the_time_of_one_run() {
        Samples samples = Turns.of(3, 0)
                .measure(List.of(() -> TimeUnit.MILLISECONDS.sleep(5)))
                .getFirst();
        assertTrue(samples.least() >= 0.005, samples::toString);
    }

    @Test
    void time_that_is_up_ends_it_after_three_rounds() {
        Samples samples = new Turns(0, 1000, 0, 1)
                .measure(List.of(() -> TimeUnit.MILLISECONDS.sleep(1)))
                .getFirst();
        assertEquals(Turns.FEWEST, samples.seconds().size());
    }

    @Test
    void what_a_run_throws_is_told() {
        CompileException fault = assertThrows(
                CompileException.class,
                () -> Turns.of(1, 0).measure(List.of(() -> {
                    throw new IOException("no such thing");
                })));
        assertEquals(Code.DEVICE_RUN, fault.code());
        assertTrue(fault.fact().contains("no such thing"), fault::toString);
    }

    @Test
    void who_gets_faster_goes_on_warming_up() {
        int[] runs = {0};
        Turns.Run faster = () -> Thread.sleep(Math.max(1, 20 - runs[0]++));
        Turns.of(1, 0).afterWarmingUp(0.001).measure(List.of(faster));
        assertTrue(runs[0] > 20, () -> runs[0] + " runs");
    }
}
