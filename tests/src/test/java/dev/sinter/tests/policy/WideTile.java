package dev.sinter.tests.policy;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.plan.ScheduledGroup;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// The example of `docs/schedules.md`: each work-item computes `width` neighbours along the last axis.
@NullMarked
public record WideTile(long width) implements Policy {
    public WideTile {
        if (width < 2) {
            throw new IllegalArgumentException("width " + width + " must be at least 2");
        }
    }

    @Override
    public ScheduledGroup schedule(Group group, Target target, Layouts layouts) {
        Stage root = group.root();
        if (root.axes().isEmpty()) {
            return Policy.of(target).schedule(group, target, layouts);
        }
        Axis last = root.axes().getLast();
        List<Loop> loops = new ArrayList<>();
        for (Axis axis : root.axes()) {
            long step = axis == last ? width : 1;
            if (axis.extent() > step) {
                loops.add(new Loop(axis, step, Math.ceilDiv(axis.extent(), step), new LoopKind.Global(2)));
            }
        }
        int workItem = loops.size();
        root.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        loops.add(new Loop(last, 1, width, LoopKind.UNROLL));

        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        for (Stage stage : group.stages()) {
            plans.put(stage, stage.reduces() ? inRegisters(stage, root, workItem) : StagePlan.INLINE);
        }
        plans.put(root, new StagePlan(Placement.ROOT, loops));
        return new ScheduledGroup(group, new Schedule(plans));
    }

    private static StagePlan inRegisters(Stage stage, Stage root, int depth) {
        List<Loop> loops = new ArrayList<>();
        stage.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        stage.axes().forEach(axis -> loops.add(Loop.overDemand(axis, LoopKind.UNROLL)));
        return new StagePlan(new Placement.At(root, depth, Memory.REGISTERS), loops);
    }
}
