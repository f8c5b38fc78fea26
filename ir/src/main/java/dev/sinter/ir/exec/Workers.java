package dev.sinter.ir.exec;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The threads of this process that run kernels: the caller's, and helpers for as many processors as there are besides.
/// Which thread computes what changes from run to run; what is computed does not.
///
/// A network is a hundred kernels of some microseconds each, and a thread that sleeps takes longer than that to wake.
/// So helpers wait for the next kernel awake, for a bounded time, and sleep after that.
public final class Workers implements AutoCloseable {
    /// Several pieces for each thread, since they start late and are not equally fast.
    private static final int PIECES_PER_THREAD = 8;

    /// A piece that takes less is not worth handing out.
    private static final long PIECE_NANOS = 8_000;

    /// A thread that sleeps is not woken for less: that takes some fifty microseconds, and a kernel that runs for the
    /// first time after a while takes longer than it will the next time.
    private static final long WAKE_NANOS = 200_000;

    /// How long a helper waits awake.
    private static final long AWAKE_NANOS = 300_000;

    /// How many times a helper looks for work between looks at the clock.
    private static final int LOOKS = 64;

    /// How long a caller waits awake for the last pieces, in looks, before it lets others have its processor: the
    /// helper that has them may be waiting for it.
    private static final int PATIENCE = 4_000;

    private static final long NAP_NANOS = 10_000;

    private static final String THREADS = "SINTER_THREADS";

    private final int threads;
    private final List<Helper> helpers = new ArrayList<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile @Nullable Task current;
    private volatile boolean closed;

    /// @param threads how many compute at one time, at least 1
    public Workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " must be at least 1");
        }
        this.threads = threads;
        for (int number = 1; number < threads; number++) {
            helpers.add(new Helper(number));
        }
    }

    private static @Nullable Workers shared;

    /// Those that all devices of this process share, so that they do not take processors from each other: as many as
    /// there are processors, or as the environment variable `SINTER_THREADS` says.
    ///
    /// @throws CompileException if the variable is no number of threads
    public static synchronized Workers shared() {
        Workers made = shared;
        if (made == null) {
            made = new Workers(threads(Optional.ofNullable(System.getenv(THREADS))));
            shared = made;
        }
        return made;
    }

    /// How many threads, by what the environment variable says.
    static int threads(Optional<String> variable) {
        if (variable.isEmpty()) {
            return Runtime.getRuntime().availableProcessors();
        }
        String text = variable.get().strip();
        if (!text.matches("[1-9][0-9]{0,3}")) {
            throw new CompileException(
                    Code.OPTION,
                    THREADS,
                    "'" + text + "' is no number of threads",
                    "let it be from 1 to 9999, or leave it out for as many as there are processors");
        }
        return Integer.parseInt(text);
    }

    public int threads() {
        return threads;
    }

    /// What a task is done by.
    public interface Body {
        /// Computes the units from `from` to `until - 1`.
        ///
        /// @param worker which of the threads calls, from 0, the caller's; no two have one number at one time if the
        ///     task is run by one thread at a time
        void compute(int from, int until, int worker);
    }

    /// Something that is run again and again, and may be divided between threads.
    public static final class Task {
        private final int units;
        private final Body body;

        /// The pieces in the upper half, in the lower how many of them were taken.
        private final AtomicLong taken = new AtomicLong();

        private final AtomicInteger done = new AtomicInteger();
        private final AtomicLong spent = new AtomicLong();
        private volatile @Nullable Throwable failure;

        /// Processor time of the last run, of all threads; a very long time before the first.
        private long lastNanos = Long.MAX_VALUE;

        /// @param units into how many equal pieces it can be divided at most
        public Task(int units, Body body) {
            this.units = units;
            this.body = body;
        }

        private void offer(int pieces) {
            done.set(0);
            spent.set(0);
            taken.set((long) pieces << 32);
        }

        /// Computes pieces until all are taken.
        private void help(int worker) {
            while (true) {
                long state = taken.get();
                int pieces = (int) (state >>> 32);
                int piece = (int) state;
                if (piece >= pieces) {
                    return;
                }
                if (taken.compareAndSet(state, state + 1)) {
                    long start = System.nanoTime();
                    try {
                        body.compute(bound(piece, pieces), bound(piece + 1, pieces), worker);
                    } catch (Throwable thrown) {
                        failure = thrown;
                    } finally {
                        spent.addAndGet(System.nanoTime() - start);
                        done.incrementAndGet();
                    }
                }
            }
        }

        private int bound(int piece, int pieces) {
            return (int) ((long) units * piece / pieces);
        }

        private void await(int pieces) {
            int looks = 0;
            while (done.get() < pieces) {
                if (++looks < PATIENCE) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(this, NAP_NANOS);
                }
            }
        }

        private void rethrow() {
            Throwable thrown = failure;
            if (thrown == null) {
                return;
            }
            failure = null;
            switch (thrown) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                default -> throw new IllegalStateException("a task throws nothing checked", thrown);
            }
        }
    }

    /// Does all of `task` and returns when it is done. A task that is short, or comes while another thread's is
    /// computed, is the caller's alone.
    public void run(Task task) {
        int pieces = pieces(task);
        if (pieces <= 1 || !busy.compareAndSet(false, true)) {
            long start = System.nanoTime();
            task.body.compute(0, task.units, 0);
            task.lastNanos = System.nanoTime() - start;
            return;
        }
        try {
            task.offer(pieces);
            current = task;
            wake();
            task.help(0);
            task.await(pieces);
        } finally {
            current = null;
            busy.set(false);
        }
        task.lastNanos = task.spent.get();
        task.rethrow();
    }

    private int pieces(Task task) {
        if (threads == 1 || task.units <= 1) {
            return 1;
        }
        long nanos = task.lastNanos;
        if (nanos < 2 * PIECE_NANOS || (nanos < WAKE_NANOS && !anyAwake())) {
            return 1;
        }
        return (int) Math.min(Math.min(task.units, (long) threads * PIECES_PER_THREAD), nanos / PIECE_NANOS);
    }

    private boolean anyAwake() {
        for (Helper helper : helpers) {
            if (!helper.sleeping) {
                return true;
            }
        }
        return false;
    }

    /// Has helpers wait awake for what comes, if they sleep.
    private void wake() {
        for (Helper helper : helpers) {
            helper.wake();
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }

    private final class Helper {
        private final int number;
        private volatile boolean sleeping = true;
        private volatile @Nullable Thread thread;

        private Helper(int number) {
            this.number = number;
        }

        private synchronized void start() {
            if (thread == null && !closed) {
                thread = Thread.ofPlatform()
                        .daemon()
                        .name("sinter-worker-" + number)
                        .unstarted(this::work);
                thread.start();
            }
        }

        private void wake() {
            if (!sleeping) {
                return;
            }
            Thread started = thread;
            if (started == null) {
                start();
            } else {
                sleeping = false;
                LockSupport.unpark(started);
            }
        }

        private void work() {
            sleeping = false;
            long idleSince = System.nanoTime();
            while (!closed) {
                if (helped()) {
                    idleSince = System.nanoTime();
                } else if (System.nanoTime() - idleSince > AWAKE_NANOS) {
                    sleeping = true;
                    // What came just before the others could see it sleep is seen here.
                    if (current == null && !closed) {
                        LockSupport.park(Workers.this);
                    }
                    sleeping = false;
                    idleSince = System.nanoTime();
                }
            }
        }

        /// Looks for work for a while; true if there was some.
        private boolean helped() {
            for (int look = 0; look < LOOKS; look++) {
                Task task = current;
                if (task != null) {
                    task.help(number);
                    return true;
                }
                Thread.onSpinWait();
            }
            return false;
        }
    }
}
