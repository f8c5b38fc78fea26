package dev.sinter.cli.tune;

import dev.sinter.cli.inspect.MultiplyAdds;
import dev.sinter.cli.terminal.ProgressDisplay;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.tune.TuningListener;
import dev.sinter.ir.tune.TuningOutcome;
import dev.sinter.ir.tune.TuningTask;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Shows a tuning while it runs: a bar with the best so far, and a line per kernel.
public final class TuningDisplay implements TuningListener, AutoCloseable {
    private final Terminal terminal;
    private final boolean quiet;
    private final double peakFlops;
    private final long end;
    private @Nullable ProgressDisplay progress;
    private int tasks;
    private int number;
    private int candidates;
    private double best;
    private int refused;

    /// @param peakFlops operations per second that the device has at most
    public TuningDisplay(Terminal terminal, boolean quiet, double peakFlops, Duration time) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.peakFlops = peakFlops;
        this.end = System.nanoTime() + time.toNanos();
    }

    @Override
    public void planned(List<TuningTask> open) {
        tasks = open.size();
        if (!open.isEmpty()) {
            progress = ProgressDisplay.of(terminal, quiet, "tuning", tasks);
        }
    }

    @Override
    public void started(TuningTask task, int number, int candidates) {
        this.number = number;
        this.candidates = candidates;
        best = task.seconds();
        refused = 0;
        say(task, 0);
    }

    @Override
    public void measured(TuningTask task, int number, Verdict verdict) {
        switch (verdict) {
            case Verdict.Faster(double seconds) -> best = seconds;
            case Verdict.NotFaster _ -> {}
            case Verdict.Refused(String reason) -> {
                refused++;
                line("  " + task.name() + ": a schedule is refused: "
                        + reason.lines().findFirst().orElse(reason));
            }
        }
        say(task, number);
    }

    private void say(TuningTask task, int measured) {
        if (progress != null) {
            progress.say(task.name() + ": " + measured + " of " + Quantity.of(candidates, "schedule") + ", best "
                    + Quantity.seconds(best) + peak(task, best) + ", " + left() + " left");
        }
    }

    @Override
    public void finished(TuningOutcome outcome) {
        if (progress != null) {
            progress.advance(1);
        }
        TuningTask task = outcome.task();
        String others = Quantity.of(outcome.measured() - refused, "other schedule") + " measured";
        String times = outcome.isFaster()
                ? Quantity.seconds(outcome.before()) + " -> " + Quantity.seconds(outcome.after())
                : Quantity.seconds(outcome.after()) + ", none faster";
        String steps = task.steps().size() == 1 ? "" : " (" + task.steps().size() + " times)";
        line(number + " of " + tasks + "  " + task.name() + steps + "  " + times + peak(task, outcome.after()) + "; "
                + others + (outcome.complete() ? "" : ", then the time was over") + "; " + left() + " left");
    }

    private void line(String text) {
        if (quiet) {
            return;
        }
        // Over what the bar shows, which is drawn again below.
        terminal.overBar();
        terminal.err().println(text);
    }

    /// The share of the device's peak, in the products that the layers have as they were defined.
    private String peak(TuningTask task, double seconds) {
        long products = task.layers().stream().mapToLong(MultiplyAdds::of).sum();
        return products == 0
                ? ""
                : String.format(Locale.ROOT, " (%.0f %% of the peak)", 100 * 2 * products / seconds / peakFlops);
    }

    private String left() {
        long seconds = Math.max(0, (end - System.nanoTime()) / 1_000_000_000);
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
