package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Staging;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// One way to divide a group between kernels, with the schedules that are worth trying for each of them.
///
/// @param group may have gained stages that read tensors
/// @param roots the stages that have kernels of their own, the group's root among them
/// @param plans for the stages of one kernel, the best guess first
/// @param lastResort only to be taken where no other division has a legal schedule
record Division(
        Group group, Set<Stage> roots, Function<Kernels.Part, List<Map<Stage, StagePlan>>> plans, boolean lastResort) {
    Division(Group group, Set<Stage> roots, Function<Kernels.Part, List<Map<Stage, StagePlan>>> plans) {
        this(group, roots, plans, false);
    }

    /// One whose kernels bring in what reductions read, by stages of their own.
    ///
    /// @param cut the stages that have kernels of their own
    /// @param brought which tensors are
    static Division staged(
            Group group,
            Set<Stage> cut,
            Predicate<Source> brought,
            Function<Kernels.Part, List<Map<Stage, StagePlan>>> plans) {
        Set<Source> operands = new LinkedHashSet<>();
        group.stages().forEach(stage -> operands.addAll(Operands.of(stage)));
        operands.removeIf(brought.negate());
        Set<Stage> linked = new LinkedHashSet<>(cut);
        linked.removeAll(group.outputs());
        Staging.Result staging = Staging.of(group, operands, linked);
        return new Division(staging.group(), staging.now(cut), plans);
    }

    List<Kernels.Part> kernels() {
        return Kernels.of(group, roots::contains).parts();
    }
}
