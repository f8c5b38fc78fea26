package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.StagePlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// One way to divide a group between kernels, with the schedules that are worth trying for each of them.
///
/// @param group may have gained stages that read tensors
/// @param stored the stages that live in memory, the root among them: each has a kernel of its own
/// @param plans for the stages of one kernel, the best guess first
/// @param lastResort only to be taken where no other division has a legal schedule
record Division(
        Group group, Set<Stage> stored, Function<Kernels.Part, List<Map<Stage, StagePlan>>> plans, boolean lastResort) {
    Division(Group group, Set<Stage> stored, Function<Kernels.Part, List<Map<Stage, StagePlan>>> plans) {
        this(group, stored, plans, false);
    }

    List<Kernels.Part> kernels() {
        return Kernels.of(group, Kernels.stored(group, stored::contains));
    }
}
