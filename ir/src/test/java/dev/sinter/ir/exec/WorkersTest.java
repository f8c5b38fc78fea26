package dev.sinter.ir.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.CompileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    private static final int UNITS = 1000;

    /// Takes so long that it is worth dividing.
    private static void spend(long nanos) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void every_unit_is_computed_once_in_every_run(int threads) {
        try (Workers workers = new Workers(threads)) {
            AtomicIntegerArray counts = new AtomicIntegerArray(UNITS);
            Workers.Task task = new Workers.Task(UNITS, (from, until, _) -> {
                for (int unit = from; unit < until; unit++) {
                    counts.incrementAndGet(unit);
                }
                spend(20_000);
            });
            for (int run = 1; run <= 200; run++) {
                workers.run(task);
                for (int unit = 0; unit < UNITS; unit++) {
                    assertEquals(run, counts.get(unit), "unit " + unit + " in run " + run);
                }
            }
        }
    }

    @Test
    void two_threads_never_have_one_number() {
        try (Workers workers = new Workers(4)) {
            Set<Integer> computing = ConcurrentHashMap.newKeySet();
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            Workers.Task task = new Workers.Task(UNITS, (_, _, worker) -> {
                assertTrue(computing.add(worker), "worker " + worker + " computes twice at one time");
                threads.add(Thread.currentThread());
                spend(100_000);
                computing.remove(worker);
            });
            for (int run = 0; run < 50; run++) {
                workers.run(task);
            }
            assertTrue(threads.size() > 1, "nobody helped");
        }
    }

    @Test
    void a_failure_of_any_thread_is_the_callers() {
        try (Workers workers = new Workers(4)) {
            Workers.Task task = new Workers.Task(UNITS, (from, _, _) -> {
                spend(20_000);
                if (from > 0) {
                    throw new IndexOutOfBoundsException(from);
                }
            });
            assertThrows(IndexOutOfBoundsException.class, () -> workers.run(task));
            assertThrows(IndexOutOfBoundsException.class, () -> workers.run(task));
        }
    }

    @Test
    void the_environment_may_say_how_many_threads() {
        assertEquals(3, Workers.threads(Optional.of(" 3 ")));
        assertEquals(Runtime.getRuntime().availableProcessors(), Workers.threads(Optional.empty()));
        for (String wrong : List.of("", "0", "-1", "two", "100000")) {
            CompileException fault = assertThrows(CompileException.class, () -> Workers.threads(Optional.of(wrong)));
            assertTrue(fault.getMessage().contains("SINTER_THREADS"), fault.getMessage());
        }
    }

    /// One is helped, the others compute alone.
    @Test
    void callers_at_one_time_do_not_get_in_each_others_way() throws InterruptedException {
        try (Workers workers = new Workers(3)) {
            AtomicIntegerArray sums = new AtomicIntegerArray(4);
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                int own = caller;
                Workers.Task task = new Workers.Task(UNITS, (from, until, _) -> {
                    sums.addAndGet(own, until - from);
                    spend(10_000);
                });
                callers.add(Thread.ofPlatform().start(() -> {
                    for (int run = 0; run < 100; run++) {
                        workers.run(task);
                    }
                }));
            }
            for (Thread caller : callers) {
                caller.join();
            }
            for (int caller = 0; caller < 4; caller++) {
                assertEquals(100 * UNITS, sums.get(caller));
            }
        }
    }

    @Test
    void helpers_that_fell_asleep_come_back() throws InterruptedException {
        try (Workers workers = new Workers(2)) {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            Workers.Task task = new Workers.Task(16, (_, _, _) -> {
                threads.add(Thread.currentThread());
                spend(200_000);
            });
            for (int run = 0; run < 20; run++) {
                Thread.sleep(5);
                workers.run(task);
            }
            assertEquals(2, threads.size());
        }
    }
}
