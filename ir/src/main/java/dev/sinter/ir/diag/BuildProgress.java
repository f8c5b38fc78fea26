package dev.sinter.ir.diag;

import java.util.Map;
import java.util.Optional;

/// How far a device has come with building kernels, as it is told of each kernel to a [Trace].
///
/// @param done how many of `all` are built
public record BuildProgress(int done, int all) {
    /// The category of such events.
    public static final String CATEGORY = "build";

    private static final String DONE = "built";
    private static final String ALL = "of";

    public BuildProgress {
        if (done < 1 || done > all) {
            throw new IllegalArgumentException(done + " of " + all + " is no progress");
        }
    }

    /// The event for a kernel that was built since `startNanos`.
    public Trace.Event event(String kernel, long startNanos) {
        return new Trace.Event(
                CATEGORY,
                kernel,
                startNanos,
                System.nanoTime(),
                Map.of(DONE, String.valueOf(done), ALL, String.valueOf(all)));
    }

    /// What an event tells of it; nothing if it is about something else.
    public static Optional<BuildProgress> of(Trace.Event event) {
        String done = event.details().get(DONE);
        String all = event.details().get(ALL);
        return event.category().equals(CATEGORY) && done != null && all != null
                ? Optional.of(new BuildProgress(Integer.parseInt(done), Integer.parseInt(all)))
                : Optional.empty();
    }
}
