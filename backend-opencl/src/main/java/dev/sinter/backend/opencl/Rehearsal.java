package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.BuildProgress;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.kernel.Kernel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// Runs every kernel once before anybody waits for a result. Drivers finish a kernel only when it is first run: PoCL
/// compiles it then, for the sizes that it is run with, which takes most of a second for each. (It does so one by one,
/// whatever the number of threads that ask: there is a lock around the compiler of a context.)
///
/// The kernels run in the buffers of a context that nobody has written to yet, in the order of any run: what they
/// compute there is what a run on zeros would, and the next run overwrites it as it does that of any before.
final class Rehearsal {
    /// Fewer than a driver keeps by itself.
    private static final int KEPT_AT_ONCE = 64;

    private final OpenClProgram loaded;
    private final Trace trace;

    /// @param kernel the one that stands for all that are the same
    private record Build(Kernel kernel, LaunchSizes sizes) {}

    private Rehearsal(OpenClProgram loaded, Trace trace) {
        this.loaded = loaded;
        this.trace = trace;
    }

    /// A context for the first run, in which all kernels have run.
    static OpenClRunContext of(OpenClProgram loaded, Trace trace) {
        OpenClRunContext context = OpenClRunContext.create(loaded, false);
        try {
            SignalHandlers.kept(() -> {
                new Rehearsal(loaded, trace).in(context);
                return context;
            });
            return context;
        } catch (RuntimeException | Error failure) {
            context.close();
            throw failure;
        }
    }

    private void in(OpenClRunContext context) {
        Collection<Kernel> kernels = distinct();
        long all = System.nanoTime();
        int done = 0;
        for (Kernel kernel : kernels) {
            long start = System.nanoTime();
            context.runAlone(kernel);
            done++;
            if (done % KEPT_AT_ONCE == 0 || done == kernels.size()) {
                loaded.keepLoaded();
            }
            trace.report(new BuildProgress(done, kernels.size()).event(kernel.name(), start));
        }
        trace.report(new Trace.Event(
                BuildProgress.CATEGORY, "built " + done + " kernels", all, System.nanoTime(), Map.of()));
    }

    /// One of those that a driver cannot tell from each other.
    private Collection<Kernel> distinct() {
        Map<Build, Kernel> distinct = new LinkedHashMap<>();
        for (Kernel kernel : loaded.kernels()) {
            distinct.putIfAbsent(build(kernel), kernel);
        }
        return distinct.values();
    }

    private Build build(Kernel kernel) {
        return new Build(loaded.built(kernel).kernel(), LaunchSizes.of(kernel.launch()));
    }
}
