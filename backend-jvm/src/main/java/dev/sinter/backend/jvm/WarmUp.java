package dev.sinter.backend.jvm;

import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.LoopKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Calls kernels until HotSpot has compiled them. Before that every vector is an object and a run takes a thousand
/// times as long, so loops are cut short. What is computed is wrong and must be computed again before it is read.
final class WarmUp {
    /// A kernel that evaluates fewer vectors in a run is as soon done as compiled.
    private static final long WORTHWHILE = 30_000;

    /// After so many calls HotSpot compiles for good (its Tier4InvocationThreshold is 5,000).
    private static final int ENOUGH = 6_000;

    private static final int BURST = 100;

    /// Work-items that are computed in full, to show HotSpot how long loops are.
    private static final int FULL = 10;

    /// More than any loop's extent, and small enough to add to one.
    private static final int WHOLE = 1 << 30;

    /// How long to wait for one more kernel to become fast. Some never look so: their functions take their time.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    /// Every so many calls go through short loops twice: HotSpot leaves out what it has not seen while it counts, and
    /// compiles once more when it happens.
    private static final int REPEATING = 16;

    /// What loops count by in these: less than most are long.
    private static final int REPEATED = 5;

    private WarmUp() {}

    private static final class Cold {
        private final JvmKernel kernel;
        private final Object[] buffers;
        private int calls;
        private int full;
        private int fast;

        private Cold(JvmKernel kernel, Object[] buffers) {
            this.kernel = kernel;
            this.buffers = buffers;
        }

        /// Calls the kernel a few times and returns the nanoseconds of one call.
        private double burst(int length) {
            long start = System.nanoTime();
            for (int i = 0; i < length; i++) {
                // Work-items from all over, so that borders are seen.
                int item = (int) ((calls++ * 7919L) % kernel.workItems());
                kernel.run(buffers, item, item + 1, calls % REPEATING == 0 ? REPEATED : WHOLE);
            }
            double nanos = (double) (System.nanoTime() - start) / length;
            if (calls > 3 * BURST && full < FULL) {
                int item = (int) ((long) full++ * kernel.workItems() / FULL);
                kernel.run(buffers, item, item + 1, 1);
            }
            return nanos;
        }

        /// True if this and the burst before were as fast as compiled code.
        private boolean isFastFor(double nanos) {
            fast = nanos < fastNanos(kernel) ? fast + 1 : 0;
            return fast >= 2;
        }
    }

    /// Warms those of `kernels` that are worth it, with the buffers given for each.
    static void run(Map<JvmKernel, Object[]> kernels) {
        List<Cold> cold = new ArrayList<>();
        kernels.forEach((kernel, buffers) -> {
            if (!kernel.isWarm() && vectorStatements(kernel) >= WORTHWHILE) {
                cold.add(new Cold(kernel, buffers));
            }
            kernel.warmed();
        });
        if (!cold.isEmpty()) {
            VectorLanes.loadClasses();
        }
        long progress = System.nanoTime();
        boolean waiting = false;
        while (!cold.isEmpty() && !(waiting && System.nanoTime() - progress > PATIENCE)) {
            if (waiting) {
                pause();
            }
            int length = waiting ? BURST / 10 : BURST;
            if (cold.removeIf(one -> one.isFastFor(one.burst(length))) || !waiting) {
                progress = System.nanoTime();
            }
            waiting = cold.stream().allMatch(one -> one.calls >= ENOUGH);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The time of a call in compiled code, generously: half a nanosecond for each byte of bytecode. Vectors as objects
    /// take ten times as long.
    private static double fastNanos(JvmKernel kernel) {
        return 200 + kernel.methodSize().allBytes() * 0.7;
    }

    /// How many statements of vector loops a run executes.
    private static double vectorStatements(JvmKernel kernel) {
        Kernel prepared = kernel.prepared();
        return (double) kernel.workItems() * vectorStatements(prepared.body());
    }

    private static double vectorStatements(List<Stmt> statements) {
        double sum = 0;
        for (Stmt statement : statements) {
            sum += switch (statement) {
                case Stmt.For loop
                when loop.kind() instanceof LoopKind.Vector ->
                    loop.axis().extent() > 1 ? loop.body().size() : 0;
                case Stmt.For loop -> loop.axis().extent() * vectorStatements(loop.body());
                case Stmt.If(_, List<Stmt> body) -> vectorStatements(body);
                case Stmt.Let(_, _, List<Stmt> body) -> vectorStatements(body);
                case Stmt.Allocate _,
                        Stmt.Assign _,
                        Stmt.Store _,
                        Stmt.Barrier _,
                        Stmt.ChannelWrite _,
                        Stmt.ChannelRead _ -> 0;
            };
        }
        return sum;
    }
}
