package dev.sinter.tests.operator;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.plan.ScheduledGroup;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Target;
import org.jspecify.annotations.NullMarked;

/// The default policy, but what is computed by Winograd's algorithm in tiles of one size costs nothing, and so is taken
/// wherever it can be.
///
/// @param tile the side of a tile; 0 for none
@NullMarked
record Forced(long tile) implements Policy {
    static CompileOptions winograd(long tile) {
        return CompileOptions.DEFAULT.withPolicy(new Forced(tile));
    }

    @Override
    public ScheduledGroup schedule(Group group, Target target, Layouts layouts) {
        ScheduledGroup scheduled = Policy.of(target).schedule(group, target, layouts);
        boolean wanted = group.stages().stream().anyMatch(stage -> stage.name().startsWith("winograd" + tile + "_"));
        return new ScheduledGroup(scheduled.group(), scheduled.schedule(), wanted ? 0 : 1);
    }
}
