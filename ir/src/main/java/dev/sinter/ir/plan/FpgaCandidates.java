package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Schedules for FPGAs: one work-item, whose loops over tiles the vendor's compiler is asked to pipeline and whose
/// inner loops it unrolls into parallel hardware.
final class FpgaCandidates implements Candidates {
    @Override
    public List<Division> of(Group group, Target target) {
        List<Division> divisions = new ArrayList<>();
        Cuts.of(group).forEach(cut -> divisions.add(new Division(group, cut, FpgaCandidates::plans)));
        divisions.add(new Division(group, Cuts.safest(group), FpgaCandidates::plans, true));
        return divisions;
    }

    private static List<Map<Stage, StagePlan>> plans(Kernels.Part part) {
        return List.of(TiledSchedule.ofOneTask(part.root(), part.stored().keySet(), Tile.scalar())
                .plans());
    }
}
