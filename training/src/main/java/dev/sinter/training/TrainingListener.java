package dev.sinter.training;

/// Hears how training goes on, between steps and on the thread that trains.
public interface TrainingListener {
    /// After each step.
    ///
    /// @param step counted from 1
    /// @param steps of the whole training
    /// @param loss of the step's batch, before the step
    /// @param accuracy of the step's batch, likewise
    default void step(long step, long steps, double loss, double accuracy) {}

    /// After each epoch, once a checkpoint is written.
    default void epoch(EpochReport report) {}
}
