package dev.sinter.cli.file;

import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.file.OutputFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Keeps what the library reports and, when closed, writes it in the trace event format that Chrome's `about:tracing`
/// and <https://ui.perfetto.dev> show.
///
/// Format: <https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU>
public final class TraceFile implements Trace, AutoCloseable {
    /// The category of what runs on the device, which is shown as a line of its own.
    public static final String KERNEL = "kernel";

    private static final long DEVICE_LINE = 0;

    private final Optional<OutputFile> file;
    private final long start = System.nanoTime();
    private final Queue<Kept> events = new ConcurrentLinkedQueue<>();

    private record Kept(Event event, long thread) {}

    /// One event of the format; times in microseconds, `X` is one with a duration and `i` one without.
    private record Line(
            String name, String cat, String ph, double ts, Double dur, int pid, long tid, Map<String, String> args) {}

    private record Content(List<Line> traceEvents, String displayTimeUnit) {}

    /// @param file empty if nobody wants to know
    public TraceFile(Optional<OutputFile> file) {
        this.file = file;
    }

    @Override
    public void report(Event event) {
        if (file.isPresent()) {
            events.add(new Kept(event, Thread.currentThread().threadId()));
        }
    }

    private Line line(Kept kept) {
        Event event = kept.event();
        boolean moment = event.startNanos() == event.endNanos();
        return new Line(
                event.name(),
                event.category(),
                moment ? "i" : "X",
                (event.startNanos() - start) / 1e3,
                (event.endNanos() - event.startNanos()) / 1e3,
                1,
                event.category().equals(KERNEL) ? DEVICE_LINE : kept.thread(),
                event.details());
    }

    @Override
    public void close() {
        file.ifPresent(output -> JsonFile.writeCompact(
                output, new Content(events.stream().map(this::line).toList(), "ms")));
    }
}
