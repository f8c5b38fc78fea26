package dev.sinter.ir.tune;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/// Measures two ways to do the same in turn, so that what slows the machine slows both, and compares medians.
public final class Contest {
    /// What a challenger has to be faster by: medians of the same kernel differ by two or three per cent.
    private static final double MARGIN = 0.03;

    /// A challenger that is slower by so much after a few runs needs no more.
    private static final double HOPELESS = 1.15;

    private static final int FIRST_RUNS = 3;
    private static final int FEWEST_RUNS = 7;
    private static final int MOST_RUNS = 41;

    /// What the runs of one side take in all, where they may be as few or many.
    private static final double SECONDS = 0.05;

    private Contest() {}

    /// Medians of both sides, in seconds.
    ///
    /// @param quartile that a quarter of the incumbent's runs was faster than
    public record Round(double incumbent, double challenger, double quartile) {
        /// True if the challenger is faster by more than measurements of the same differ.
        public boolean isWon() {
            return challenger < (1 - MARGIN) * incumbent && challenger < quartile;
        }
    }

    /// Two rounds, both of which a challenger has to win; the second only where the first is.
    ///
    /// @param incumbent does it once and returns the seconds
    /// @param between is done before the second round, which is the one that decides
    static Round of(DoubleSupplier incumbent, DoubleSupplier challenger, Runnable between) {
        Round first = round(incumbent, challenger, FIRST_RUNS);
        if (first.challenger() > HOPELESS * first.incumbent()) {
            return first;
        }
        int runs = runs(SECONDS, FEWEST_RUNS, first.incumbent());
        Round second = round(incumbent, challenger, runs);
        if (!second.isWon()) {
            return second;
        }
        between.run();
        return round(incumbent, challenger, runs(SECONDS, FEWEST_RUNS, second.challenger()));
    }

    /// One long round, after some runs that do not count, for telling how two networks compare.
    static Round between(DoubleSupplier one, DoubleSupplier other) {
        double seconds = round(one, other, FIRST_RUNS).incumbent();
        return round(one, other, runs(10 * SECONDS, 3 * FEWEST_RUNS, seconds));
    }

    private static int runs(double seconds, int fewest, double each) {
        return (int) Math.clamp(seconds / Math.max(1e-9, each), fewest, MOST_RUNS);
    }

    /// @param runs of each side
    static Round round(DoubleSupplier incumbent, DoubleSupplier challenger, int runs) {
        double[] ours = new double[runs];
        double[] theirs = new double[runs];
        for (int run = 0; run < runs; run++) {
            ours[run] = incumbent.getAsDouble();
            theirs[run] = challenger.getAsDouble();
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        return new Round(ours[runs / 2], theirs[runs / 2], ours[runs / 4]);
    }
}
