package dev.sinter.backend.jvm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads that run kernels: the caller's, and helpers for as many processors as there are besides. Which thread
/// computes which work-items changes from run to run; what they compute does not.
final class Workers {
    /// Several pieces for each thread, since they start late and are not equally fast.
    private static final int PIECES_PER_THREAD = 8;

    /// What waking the helpers costs; a kernel that takes less does not gain from them.
    private static final long SHORT_NANOS = 30_000;

    private final int threads;
    private final ForkJoinPool helpers;

    Workers(int threads) {
        this.threads = threads;
        this.helpers = new ForkJoinPool(Math.max(1, threads - 1));
    }

    int threads() {
        return threads;
    }

    /// Runs all work-items of `kernel` and returns when they are done.
    void run(JvmKernel kernel, Object[] buffers) {
        long start = System.nanoTime();
        boolean alone = threads == 1 || kernel.workItems() == 1 || kernel.lastNanos() < SHORT_NANOS;
        if (alone) {
            kernel.run(buffers, 0, kernel.workItems());
        } else {
            share(kernel, buffers);
        }
        kernel.took(System.nanoTime() - start);
    }

    private void share(JvmKernel kernel, Object[] buffers) {
        int pieces = Math.min(kernel.workItems(), threads * PIECES_PER_THREAD);
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
                kernel.run(buffers, bound(kernel, piece, pieces), bound(kernel, piece + 1, pieces));
            }
        };
        List<ForkJoinTask<?>> helping = new ArrayList<>();
        for (int helper = 1; helper < threads; helper++) {
            helping.add(helpers.submit(work));
        }
        try {
            work.run();
        } finally {
            helping.forEach(ForkJoinTask::quietlyJoin);
        }
        helping.forEach(ForkJoinTask::join);
    }

    /// The first work-item of a piece.
    private static int bound(JvmKernel kernel, int piece, int pieces) {
        return (int) ((long) kernel.workItems() * piece / pieces);
    }
}
