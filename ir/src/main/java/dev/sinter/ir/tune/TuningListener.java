package dev.sinter.ir.tune;

import java.util.List;

/// Who is told how far the tuning is.
public interface TuningListener {
    /// Before anything is measured.
    ///
    /// @param tasks in the order in which they will be done
    default void planned(List<TuningTask> tasks) {}

    /// @param number which task it is, from 1
    /// @param candidates how many other schedules will be measured
    default void started(TuningTask task, int number, int candidates) {}

    /// One schedule was measured, or could not be.
    ///
    /// @param number which candidate of the task it is, from 1
    default void measured(TuningTask task, int number, Verdict verdict) {}

    default void finished(TuningOutcome outcome) {}

    /// What became of a schedule.
    sealed interface Verdict {
        /// It took the place of the fastest.
        record Faster(double seconds) implements Verdict {}

        /// It is no faster than the fastest so far, or not by more than measurements differ.
        record NotFaster(double seconds) implements Verdict {}

        /// It did not run, or its results were wrong.
        record Refused(String reason) implements Verdict {}
    }
}
