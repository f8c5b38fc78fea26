package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Nest;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Staging;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// Plans for a kernel whose work-groups each compute a tile: a contraction accumulates in registers, a block of each
/// work-item's own, from operands that the group has brought into local memory, a part of the reduction at a time.
final class WorkGroupSchedule {
    private static final long MOST_UNROLLED = 64;

    /// As many float32 numbers as one access to memory moves for a work-item.
    static final long LANES = 4;

    private final Kernels.Part part;
    private final Stage contraction;
    private final WorkGroupTile tile;
    private final boolean vectors;
    private final Map<Stage, StagePlan> plans = new LinkedHashMap<>();

    private WorkGroupSchedule(Kernels.Part part, Stage contraction, WorkGroupTile tile, boolean vectors) {
        this.part = part;
        this.contraction = contraction;
        this.tile = tile;
        this.vectors = vectors;
    }

    /// The sum of products that a kernel is built around, if there is one.
    static Optional<Stage> contraction(Kernels.Part part) {
        return part.stages().stream().filter(Cuts::isContraction).reduce((_, last) -> last);
    }

    /// @param contraction one of the kernel's stages
    /// @param vectors whether a work-item brings in several neighbours at a time
    static Map<Stage, StagePlan> of(Kernels.Part part, Stage contraction, WorkGroupTile tile, boolean vectors) {
        return new WorkGroupSchedule(part, contraction, tile, vectors).plans();
    }

    private Map<Stage, StagePlan> plans() {
        part.stages().forEach(stage -> plans.put(stage, StagePlan.INLINE));
        Stage root = part.root();
        List<Loop> loops = groups(root.axes(), axis -> tile.items(axis) * tile.registers(axis));
        for (Axis axis : root.axes()) {
            if (tile.items(axis) > 1) {
                loops.add(new Loop(axis, tile.registers(axis), tile.items(axis), new LoopKind.Local(0)));
            }
        }
        int workItem = loops.size();
        if (root == contraction) {
            reduction(loops);
        } else {
            boolean unroll = root.reductionPoints() <= MOST_UNROLLED;
            root.reduction().forEach(axis -> loops.add(Loop.over(axis, unroll ? LoopKind.UNROLL : LoopKind.SERIAL)));
        }
        for (Axis axis : root.axes()) {
            if (tile.registers(axis) > 1) {
                loops.add(new Loop(axis, 1, tile.registers(axis), LoopKind.UNROLL));
            }
        }
        plans.put(root, new StagePlan(Placement.ROOT, loops));
        for (Stage stage : part.stages()) {
            if (stage.reduces() && stage != root) {
                plans.put(stage, inRegisters(stage, workItem));
            }
        }
        int depth = root == contraction ? workItem + 1 : 1;
        List<Stage> loads = part.stages().stream().filter(Staging::isLoad).toList();
        loads.forEach(load -> plans.put(load, inLocal(load, depth, filled(load, Map.of(), Optional.empty()))));
        if (Demand.of(part, new Schedule(plans)) instanceof Demand demand) {
            for (Stage load : loads) {
                Nest nest = demand.nest(load);
                Optional<Axis> lanes = lanes(nest);
                plans.put(load, inLocal(load, depth, filled(load, members(nest, lanes), lanes)));
            }
        }
        return plans;
    }

    /// The axis along which a work-item brings in vectors: weights can be packed as it takes, pixels lie in rows.
    private Optional<Axis> lanes(Nest load) {
        Stage stage = load.stage();
        if (!vectors || stage.axes().isEmpty()) {
            return Optional.empty();
        }
        Axis axis = Staging.isSlidOver(stage, part.stages())
                ? stage.axes().getLast()
                : stage.axes().getFirst();
        return load.span(axis).extent() >= LANES ? Optional.of(axis) : Optional.empty();
    }

    /// A work-group for every `size` elements along each axis. The innermost loop becomes dimension 0, the next one 1,
    /// and all others 2.
    static List<Loop> groups(List<Axis> axes, ToLongFunction<Axis> size) {
        List<Loop> groups = new ArrayList<>();
        for (Axis axis : axes.reversed()) {
            long step = size.applyAsLong(axis);
            long extent = Math.ceilDiv(axis.extent(), step);
            if (extent > 1) {
                groups.addFirst(new Loop(axis, step, extent, new LoopKind.Global(Math.min(2, groups.size()))));
            }
        }
        return groups;
    }

    private void reduction(List<Loop> loops) {
        Axis first = contraction.reduction().getFirst();
        long step = Math.min(tile.depth(), first.extent());
        loops.add(new Loop(first, step, Math.ceilDiv(first.extent(), step), LoopKind.SERIAL));
        if (step > 1) {
            loops.add(new Loop(first, 1, step, LoopKind.SERIAL));
        }
        contraction.reduction().stream().skip(1).forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
    }

    private StagePlan inRegisters(Stage stage, int workItem) {
        List<Loop> loops = new ArrayList<>();
        if (stage == contraction) {
            reduction(loops);
        } else {
            stage.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        }
        stage.axes().forEach(axis -> loops.add(Loop.overDemand(axis, LoopKind.UNROLL)));
        return new StagePlan(new Placement.At(part.root(), workItem, Memory.REGISTERS), loops);
    }

    private StagePlan inLocal(Stage load, int depth, List<Loop> loops) {
        return new StagePlan(new Placement.At(contraction, depth, Memory.LOCAL), loops);
    }

    /// How many work-items stand along each axis of what is to be brought in: neighbours bring neighbours.
    private Map<Axis, Long> members(Nest load, Optional<Axis> lanes) {
        Map<Axis, Long> members = new LinkedHashMap<>();
        long left = tile.groupSize();
        List<Axis> axes = new ArrayList<>(load.stage().axes().reversed());
        lanes.ifPresent(axis -> {
            axes.remove(axis);
            axes.addFirst(axis);
        });
        for (Axis axis : axes) {
            long own = Math.min(left, Math.ceilDiv(load.span(axis).extent(), width(axis, lanes)));
            members.put(axis, own);
            left /= own;
        }
        return members;
    }

    private static long width(Axis axis, Optional<Axis> lanes) {
        return lanes.filter(own -> own == axis).map(_ -> LANES).orElse(1L);
    }

    private static List<Loop> filled(Stage load, Map<Axis, Long> members, Optional<Axis> lanes) {
        List<Loop> loops = new ArrayList<>();
        for (Axis axis : load.axes()) {
            long own = members.getOrDefault(axis, 1L);
            if (own > 1) {
                loops.add(new Loop(axis, width(axis, lanes), own, new LoopKind.Local(0)));
            }
        }
        for (Axis axis : load.axes()) {
            loops.add(new Loop(axis, width(axis, lanes) * members.getOrDefault(axis, 1L), 0, LoopKind.SERIAL));
        }
        lanes.ifPresent(axis -> loops.add(new Loop(axis, 1, LANES, LoopKind.VECTOR)));
        return loops;
    }
}
