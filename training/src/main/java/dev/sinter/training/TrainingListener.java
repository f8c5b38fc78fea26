package dev.sinter.training;

import java.util.List;

/// Hears how training goes on, between steps and on the thread that trains.
public interface TrainingListener {
    /// Before the first step, where training goes on from a checkpoint.
    ///
    /// @param earlier the epochs that were finished before
    default void resumed(List<EpochReport> earlier) {}

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
