package dev.sinter.ir.tune;

/// What came of one task.
///
/// @param measured how many other schedules ran
/// @param before seconds of the schedule that was there, measured in turn with the best
/// @param after seconds of the best; the same where it is the one that was there
/// @param complete false if the time was over before all were measured
public record TuningOutcome(TuningTask task, int measured, double before, double after, boolean complete) {
    public boolean isFaster() {
        return after < before;
    }
}
