package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Staging;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Plans for a kernel of one work-item that goes through its output row by row, pixel by pixel, all channels of one at
/// a time. The rows that a window stands over are in a ring, into which each row comes once; weights are brought in
/// once. Sums of neighbouring channels are independent, so a pipeline over channels starts one in each cycle.
final class StreamSchedule {
    private static final long MOST_UNROLLED = 64;
    private static final LoopKind PIPELINE = new LoopKind.Pipeline(1);

    private final Kernels.Part part;
    private final Memory stored;
    private final long width;
    private final Map<Stage, StagePlan> plans = new LinkedHashMap<>();
    private final Stage root;
    private final List<Axis> pixels;
    private final List<Axis> channels;

    private StreamSchedule(Kernels.Part part, Memory stored, long width) {
        this.part = part;
        this.stored = stored;
        this.width = width;
        this.root = part.root();
        List<Axis> axes = root.axes();
        this.channels = axes.size() > 1 ? List.of(axes.get(1)) : List.of();
        this.pixels = axes.stream().filter(axis -> !channels.contains(axis)).toList();
    }

    /// @param stored where the root's elements go
    /// @param width how many channels are computed at once
    static Map<Stage, StagePlan> of(Kernels.Part part, Memory stored, long width) {
        return new StreamSchedule(part, stored, width).plans();
    }

    private Map<Stage, StagePlan> plans() {
        part.stages().forEach(stage -> plans.put(stage, StagePlan.INLINE));
        List<Loop> loops = new ArrayList<>();
        pixels.forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        if (Cuts.isContraction(root)) {
            root.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
            channels.forEach(axis -> channels(axis, isApart(axis), loops));
        } else {
            boolean unroll = root.reductionPoints() <= MOST_UNROLLED;
            channels.forEach(axis -> channels(axis, unroll, loops));
            root.reduction().forEach(axis -> loops.add(Loop.over(axis, unroll ? LoopKind.UNROLL : LoopKind.SERIAL)));
        }
        plans.put(root, new StagePlan(new Placement.Root(stored), loops));
        for (Stage stage : part.stages()) {
            if (stage.reduces() && stage != root) {
                plans.put(stage, pixel(stage));
            } else if (Staging.isLoad(stage)) {
                plans.put(stage, load(stage));
            }
        }
        return plans;
    }

    /// @param pipelined if an iteration can start in each cycle
    private void channels(Axis axis, boolean pipelined, List<Loop> loops) {
        long own = atOnce(axis);
        loops.add(new Loop(axis, own, axis.extent() / own, pipelined ? PIPELINE : LoopKind.SERIAL));
        if (own > 1) {
            loops.add(new Loop(axis, 1, own, LoopKind.UNROLL));
        }
    }

    private long atOnce(Axis axis) {
        return axis.extent() % width == 0 ? width : 1;
    }

    /// True if a sum comes round again only after it can be added to.
    private boolean isApart(Axis axis) {
        return axis.extent() / atOnce(axis) >= PipelineCost.ADDITION;
    }

    /// The sums of one pixel, all channels of it.
    private StagePlan pixel(Stage stage) {
        List<Loop> loops = new ArrayList<>();
        stage.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        for (int place = 0; place < stage.axes().size(); place++) {
            Axis axis = stage.axes().get(place);
            if (place == 1) {
                channels(axis, isApart(axis), loops);
            } else {
                loops.addFirst(Loop.overDemand(axis, LoopKind.SERIAL));
            }
        }
        return new StagePlan(new Placement.At(root, pixels.size(), Memory.REGISTERS), loops);
    }

    private StagePlan load(Stage load) {
        List<Loop> loops = new ArrayList<>();
        List<Axis> axes = new ArrayList<>(load.axes());
        boolean image = Staging.isSlidOver(load, part.stages());
        if (image && axes.size() > 1) {
            axes.add(axes.remove(1));
        }
        for (Axis axis : axes) {
            loops.add(Loop.overDemand(axis, axis == axes.getLast() ? PIPELINE : LoopKind.SERIAL));
        }
        int rows = Math.min(2, pixels.size());
        Placement placement = image
                ? new Placement.At(root, rows, Math.min(1, rows), Memory.REGISTERS)
                : new Placement.At(root, 0, Memory.LOCAL);
        return new StagePlan(placement, loops);
    }
}
