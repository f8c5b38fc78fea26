package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Source;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Target;
import java.util.function.Predicate;

/// Chooses a schedule for a group on a target. A policy may be replaced without touching operators or printers.
@FunctionalInterface
public interface Policy {
    /// @param layouts how the tensors around the group lie in memory, as far as that is decided
    ScheduledGroup schedule(Group group, Target target, Layouts layouts);

    /// The default policy of a target's family: the cheapest of its candidates.
    static Policy of(Target target) {
        return new CheapestCandidate(Candidates.of(target));
    }

    /// Kernels on integers that become hardware.
    ///
    /// @param constant what is known when the hardware is made
    static Policy folded(Folding folding, Predicate<Source> constant) {
        return new FoldedPolicy(folding, constant);
    }
}
