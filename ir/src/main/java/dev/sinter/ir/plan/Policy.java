package dev.sinter.ir.plan;

import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Target;

/// Chooses a schedule for a group on a target. A policy may be replaced without touching operators or printers.
@FunctionalInterface
public interface Policy {
    /// @param layouts how the tensors around the group lie in memory, as far as that is decided
    ScheduledGroup schedule(Group group, Target target, Layouts layouts);

    /// The default policy of a target's family: the cheapest of its candidates.
    static Policy of(Target target) {
        return new CheapestCandidate(Candidates.of(target));
    }
}
