package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.StagePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plans for a kernel whose work-groups each reduce along one axis together: every work-item takes the points that are
/// its own, and what they come to is merged as a tree in local memory. Where the result is an element for each point
/// again, as in softmax, the same work-items compute those.
final class TreeSchedule {
    private final Kernels.Part part;
    private final long most;
    private final Map<Stage, StagePlan> plans = new LinkedHashMap<>();

    /// @param most work-items in a group
    private TreeSchedule(Kernels.Part part, long most) {
        this.part = part;
        this.most = most;
    }

    /// None where nothing reduces along an axis of its own.
    static Optional<Map<Stage, StagePlan>> of(Kernels.Part part, long most) {
        return new TreeSchedule(part, most).plans();
    }

    private Optional<Map<Stage, StagePlan>> plans() {
        part.stages().forEach(stage -> plans.put(stage, StagePlan.INLINE));
        Stage root = part.root();
        List<Stage> reducing = part.stages().stream().filter(Stage::reduces).toList();
        if (reducing.isEmpty()) {
            return Optional.empty();
        }
        if (reducing.equals(List.of(root))) {
            plans.put(root, new StagePlan(Placement.ROOT, reduced(root)));
            return Optional.of(plans);
        }
        return root.reduces() ? Optional.empty() : mapped(root, reducing);
    }

    private long items(long extent) {
        return Math.min(most, Long.highestOneBit(extent));
    }

    /// A group for each element, the points of the last axis dealt to its work-items.
    private List<Loop> reduced(Stage root) {
        List<Loop> loops = WorkGroupSchedule.groups(root.axes(), _ -> 1);
        Axis last = root.reduction().getLast();
        loops.addAll(dealt(last, items(last.extent())));
        loops.addAll(root.reduction().stream()
                .filter(axis -> axis != last)
                .map(axis -> Loop.over(axis, LoopKind.SERIAL))
                .toList());
        return loops;
    }

    /// Neighbours go to neighbouring work-items.
    private static List<Loop> dealt(Axis axis, long items) {
        return List.of(
                new Loop(axis, 1, items, new LoopKind.Local(0)),
                new Loop(axis, items, Math.ceilDiv(axis.extent(), items), LoopKind.SERIAL));
    }

    private Optional<Map<Stage, StagePlan>> mapped(Stage root, List<Stage> reducing) {
        List<Axis> shared = root.axes().stream()
                .filter(axis -> axis.extent() > 1 && reducing.stream().noneMatch(stage -> isReadAlong(axis, stage)))
                .toList();
        if (shared.isEmpty()) {
            return Optional.empty();
        }
        Axis last = shared.getLast();
        long items = items(last.extent());
        List<Axis> others =
                root.axes().stream().filter(axis -> !shared.contains(axis)).toList();
        List<Loop> loops = WorkGroupSchedule.groups(others, _ -> 1);
        int group = loops.size();
        loops.addAll(dealt(last, items));
        shared.stream().filter(axis -> axis != last).forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        plans.put(root, new StagePlan(Placement.ROOT, loops));
        for (Stage stage : reducing) {
            List<Loop> own = new ArrayList<>(dealt(stage.reduction().getLast(), items));
            stage.reduction().stream()
                    .limit(stage.reduction().size() - 1L)
                    .forEach(axis -> own.add(Loop.over(axis, LoopKind.SERIAL)));
            stage.axes().forEach(axis -> own.add(Loop.overDemand(axis, LoopKind.SERIAL)));
            plans.put(stage, new StagePlan(new Placement.At(root, group, Memory.LOCAL), own));
        }
        return Optional.of(plans);
    }

    /// True if what the root reads of `stage` depends on where it is along `axis`.
    private boolean isReadAlong(Axis axis, Stage stage) {
        boolean[] found = {false};
        for (Stage reader : part.stages()) {
            for (Expr expr : Group.expressions(reader)) {
                Group.visit(expr, inner -> {
                    if (inner instanceof Expr.Call(Stage callee, var at) && callee == stage) {
                        found[0] |= reader != part.root()
                                ? !reader.reduces()
                                : at.stream().anyMatch(index -> index.dependsOn(axis));
                    }
                });
            }
        }
        return found[0];
    }
}
