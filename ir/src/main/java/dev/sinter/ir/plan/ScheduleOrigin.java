package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Place;

/// Where the schedule of a step comes from.
public sealed interface ScheduleOrigin {
    ScheduleOrigin POLICY = new Chosen();

    /// The policy chose it.
    record Chosen() implements ScheduleOrigin {}

    /// Somebody wrote it into a file.
    record Written(Place place) implements ScheduleOrigin {}

    /// It was measured to be the fastest.
    record Tuned(Place place) implements ScheduleOrigin {}
}
