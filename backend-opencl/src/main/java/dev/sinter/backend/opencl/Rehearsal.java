package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.kernel.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jocl.CL;
import org.jocl.cl_command_queue;

/// Runs every kernel once before anybody waits for a result. Drivers finish a kernel only when it is first run: PoCL
/// compiles it then, for the sizes it is run with, which takes seconds for each.
///
/// The kernels run in the buffers of one context, which holds no data yet: what they compute there is nobody's, and is
/// overwritten by the first run as by any later one. They run at the same time, on a queue for each thread, so that
/// several are compiled at once: what they make of each other's half-written tensors does not matter either, as an
/// index that is read from a tensor is clamped, and halos are written by none.
final class Rehearsal {
    private final OpenClRunContext context;
    private final OpenClProgram loaded;
    private final Trace trace;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    private Rehearsal(OpenClProgram loaded, OpenClRunContext context, Trace trace) {
        this.loaded = loaded;
        this.context = context;
        this.trace = trace;
    }

    static void of(OpenClProgram loaded, OpenClRunContext context, Trace trace) {
        // On this thread, since the compiler runs on others at the same time: see SignalHandlers.
        SignalHandlers.kept(() -> {
            new Rehearsal(loaded, context, trace).onAllProcessors();
            return context;
        });
    }

    private void onAllProcessors() {
        int threads = Math.clamp(
                Runtime.getRuntime().availableProcessors(),
                1,
                Math.max(1, loaded.kernels().size()));
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                workers.add(executor.submit(this::work));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            switch (failure.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException("kernels throw nothing else", failure);
            }
        }
    }

    private void work() {
        cl_command_queue queue = context.newQueue();
        try {
            int all = loaded.kernels().size();
            for (int index = next.getAndIncrement(); index < all; index = next.getAndIncrement()) {
                Kernel kernel = loaded.kernels().get(index);
                long start = System.nanoTime();
                context.run(kernel, queue);
                trace.report(new Trace.Event(
                        "build",
                        kernel.name(),
                        start,
                        System.nanoTime(),
                        Map.of("kernel", done.incrementAndGet() + " of " + all)));
            }
        } finally {
            CL.clReleaseCommandQueue(queue);
        }
    }
}
