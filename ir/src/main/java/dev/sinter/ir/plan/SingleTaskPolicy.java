package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Schedules for FPGAs: one work-item, whose loops over tiles the vendor's compiler is asked to pipeline and whose
/// inner loops it unrolls into parallel hardware.
public record SingleTaskPolicy() implements Policy {
    /// What a few block RAMs hold, in numbers.
    private static final long REGISTERS = 1 << 16;

    @Override
    public Schedule schedule(Group group, Target target, Layouts layouts) {
        return FirstLegal.of(group, layouts, REGISTERS, cut -> {
            List<Map<Stage, StagePlan>> kernels = new ArrayList<>();
            for (Stage root : group.stages().stream().filter(cut::contains).toList()) {
                kernels.add(TiledSchedule.ofOneTask(root, cut, Tile.scalar()).plans());
            }
            return TiledSchedule.join(kernels);
        });
    }
}
