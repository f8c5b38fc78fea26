package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Schedules for FPGAs: kernels of one work-item, whose loops become pipelines and whose unrolled loops parallel
/// hardware. Several kernels of one group are linked by channels and run at the same time; windows are fed by line
/// buffers.
final class FpgaCandidates implements Candidates {
    /// Enough for two neighbours to start and stop at different times.
    private static final int CHANNEL_DEPTH = 64;

    private static final List<Long> WIDTHS = List.of(16L, 8L, 4L, 2L, 1L);

    @Override
    public List<Division> of(Group group, Target target) {
        List<Division> divisions = new ArrayList<>();
        boolean channels = target.fpga().map(Target.Fpga::hasChannels).orElse(false);
        for (Set<Stage> cut : Cuts.of(group)) {
            if (channels && cut.size() > 1) {
                divisions.add(streamed(group, cut, new Memory.Channel(CHANNEL_DEPTH)));
            }
            divisions.add(streamed(group, cut, Memory.BUFFER));
            divisions.add(new Division(group, cut, FpgaCandidates::plain));
        }
        divisions.add(new Division(group, Cuts.safest(group), FpgaCandidates::plain, true));
        return divisions;
    }

    /// What is legal in any case.
    static List<Map<Stage, StagePlan>> plain(Kernels.Part part) {
        return List.of(TiledSchedule.ofOneTask(part, Tile.scalar()).plans());
    }

    /// @param between what the kernels of the group are linked by
    private static Division streamed(Group group, Set<Stage> cut, Memory between) {
        return Division.staged(group, cut, _ -> true, part -> streams(part, between));
    }

    private static List<Map<Stage, StagePlan>> streams(Kernels.Part part, Memory between) {
        Memory memory = part.group().outputs().contains(part.root()) ? Memory.BUFFER : between;
        List<Map<Stage, StagePlan>> plans = new ArrayList<>();
        long channels =
                part.root().axes().size() > 1 ? part.root().axes().get(1).extent() : 1;
        for (long width : WIDTHS) {
            // Fewer channels than an addition takes cycles would have to wait for it.
            if (width == 1 || channels % width == 0 && channels / width >= PipelineCost.ADDITION) {
                plans.add(StreamSchedule.of(part, memory, width));
            }
        }
        return plans;
    }
}
