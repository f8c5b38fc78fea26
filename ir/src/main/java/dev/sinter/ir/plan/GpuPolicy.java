package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Schedules for GPUs: neighbouring work-items compute neighbouring elements, a few channels each, so that a value once
/// loaded serves several sums. Simple on purpose; a tuned policy takes its place without touching anything else.
final class GpuPolicy implements Policy {
    private static final long CHANNELS_PER_ITEM = 4;

    private static final long ITEMS_PER_GROUP = 64;

    /// What the compilers of today's GPUs give one work-item at most, in numbers of 32 bits.
    private static final long REGISTERS = 255;

    @Override
    public Schedule schedule(Group group, Target target, Layouts layouts) {
        boolean contraction = group.stages().stream().anyMatch(Cuts::isContraction);
        return FirstLegal.of(group, layouts, REGISTERS, cut -> schedule(group, cut, contraction));
    }

    private static Schedule schedule(Group group, Set<Stage> cut, boolean contraction) {
        List<Map<Stage, StagePlan>> kernels = new ArrayList<>();
        for (Stage root : group.stages().stream().filter(cut::contains).toList()) {
            Map<Axis, Long> extents = new HashMap<>();
            if (contraction && root.axes().size() > 2 && root.axes().get(1).extent() % CHANNELS_PER_ITEM == 0) {
                extents.put(root.axes().get(1), CHANNELS_PER_ITEM);
            }
            Tile tile = new Tile(Optional.empty(), 1, 1, extents);
            kernels.add(
                    TiledSchedule.ofWorkItems(root, cut, tile, ITEMS_PER_GROUP).plans());
        }
        return TiledSchedule.join(kernels);
    }
}
