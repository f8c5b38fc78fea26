package dev.sinter.cli.bench;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Contenders in turn, so that a machine whose speed drifts is as fast for each of them. Before each run there is a
/// pause, in which the threads of the contender before fall asleep, and one run that does not count, which wakes this
/// one's. Before all rounds each may run for a while, until HotSpot has compiled what it runs and it gets no faster.
///
/// @param warmSeconds how long each contender runs before, at least; up to [#MOST_WARM_UPS] times as long while it gets
///     faster
/// @param rounds how many samples each contender gets, if `most` does not end it before
/// @param pauseMillis before each run
/// @param mostNanos no round begins later than this; the first ones, [#FEWEST] of them, do in any case
public record Turns(double warmSeconds, int rounds, long pauseMillis, long mostNanos) {
    /// A median of fewer tells nothing.
    public static final int FEWEST = 3;

    private static final int MOST_WARM_UPS = 15;

    /// After so many stretches of the warm-up without a faster one, a contender is warm.
    private static final int STRETCHES = 4;

    /// What counts as faster.
    private static final double FASTER = 0.97;

    /// Runs something once.
    @FunctionalInterface
    public interface Run {
        void once() throws Exception;
    }

    public Turns {
        if (rounds < 1 || pauseMillis < 0 || !(warmSeconds >= 0)) {
            throw new IllegalArgumentException(
                    rounds + " rounds with pauses of " + pauseMillis + " ms after " + warmSeconds + " s");
        }
    }

    public static Turns of(int rounds, long pauseMillis) {
        return new Turns(0, rounds, pauseMillis, Long.MAX_VALUE);
    }

    /// As many rounds as there is time for.
    ///
    /// @param seconds above 0
    public static Turns during(double seconds, long pauseMillis) {
        return new Turns(0, Integer.MAX_VALUE, pauseMillis, (long) (seconds * 1e9));
    }

    public Turns afterWarmingUp(double seconds) {
        return new Turns(seconds, rounds, pauseMillis, mostNanos);
    }

    /// Whether a time ends it.
    boolean isTimed() {
        return mostNanos < Long.MAX_VALUE;
    }

    /// @return the samples of each contender, in their order
    public List<Samples> measure(List<? extends Run> contenders) {
        return measure(contenders, () -> {});
    }

    /// @param afterEach told after each sample
    public List<Samples> measure(List<? extends Run> contenders, Runnable afterEach) {
        List<List<Double>> seconds = new ArrayList<>();
        contenders.forEach(_ -> seconds.add(new ArrayList<>()));
        contenders.forEach(this::warm);
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            if (round >= FEWEST && System.nanoTime() - start > mostNanos) {
                break;
            }
            for (int i = 0; i < contenders.size(); i++) {
                seconds.get(i).add(sample(contenders.get(i)));
                afterEach.run();
            }
        }
        return seconds.stream().map(Samples::new).toList();
    }

    private void warm(Run run) {
        double best = Double.POSITIVE_INFINITY;
        int since = 0;
        for (int stretch = 0; warmSeconds > 0 && since < STRETCHES && stretch < MOST_WARM_UPS * STRETCHES; stretch++) {
            double median = stretch(run, warmSeconds / STRETCHES);
            since = median < FASTER * best ? 0 : since + 1;
            best = Math.min(best, median);
        }
    }

    /// Runs for some time, once at least.
    ///
    /// @return the median of what a run took, in seconds
    private static double stretch(Run run, double seconds) {
        List<Double> each = new ArrayList<>();
        long start = System.nanoTime();
        do {
            long before = System.nanoTime();
            told(run);
            each.add((System.nanoTime() - before) / 1e9);
        } while (System.nanoTime() - start < seconds * 1e9);
        return new Samples(each).median();
    }

    private double sample(Run run) {
        long[] nanos = new long[1];
        told(() -> {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            run.once();
            long start = System.nanoTime();
            run.once();
            nanos[0] = System.nanoTime() - start;
        });
        return nanos[0] / 1e9;
    }

    /// @throws CompileException if it fails
    private static void told(Run run) {
        try {
            run.once();
        } catch (CompileException fault) {
            throw fault;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CompileException(Code.DEVICE_RUN, "measuring", "was interrupted", null, interrupted);
        } catch (Exception failure) {
            throw new CompileException(Code.DEVICE_RUN, "measuring", "failed: " + failure, null, failure);
        }
    }
}
