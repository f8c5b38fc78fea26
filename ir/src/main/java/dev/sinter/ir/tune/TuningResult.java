package dev.sinter.ir.tune;

import java.util.List;
import java.util.Optional;

/// What came of tuning a network.
///
/// @param tasks how many there were
/// @param outcomes of those that were begun, in the order in which they were
/// @param network the whole network before and after, in turn; empty if nothing changed
public record TuningResult(int tasks, List<TuningOutcome> outcomes, Optional<Contest.Round> network) {
    public TuningResult {
        outcomes = List.copyOf(outcomes);
    }

    /// How many tasks the time did not suffice for.
    public long left() {
        return tasks - outcomes.stream().filter(TuningOutcome::complete).count();
    }
}
