package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
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

/// Plans for a kernel that becomes hardware and computes on integers, whose sums take one cycle. It goes through its
/// output row by row, pixel by pixel; of each pixel it computes a few channels at once, each from a few inputs at
/// once, and so folds all multiplications of the pixel onto as many multipliers as those come to. What a window stands
/// over is in a ring of rows, into which each element comes once and in the order in which the kernel before it yields
/// them.
final class FoldedSchedule {
    private final Kernels.Part part;
    private final Fold fold;
    private final Map<Stage, StagePlan> plans = new LinkedHashMap<>();
    private final Stage root;
    private final List<Axis> pixels;
    private final List<Axis> channels;

    /// How many are computed at once.
    ///
    /// @param channels of the output
    /// @param inputs of each sum, along the channels of the input
    /// @param columns of the window; more than one only where all channels are taken
    record Fold(long channels, long inputs, long columns) {
        long multipliers() {
            return channels * inputs * columns;
        }
    }

    private FoldedSchedule(Kernels.Part part, Fold fold) {
        this.part = part;
        this.fold = fold;
        this.root = part.root();
        List<Axis> axes = root.axes();
        this.channels = axes.size() > 1 ? List.of(axes.get(1)) : List.of();
        this.pixels = axes.stream().filter(axis -> !channels.contains(axis)).toList();
    }

    static Map<Stage, StagePlan> of(Kernels.Part part, Fold fold) {
        return new FoldedSchedule(part, fold).plans();
    }

    private Map<Stage, StagePlan> plans() {
        part.stages().forEach(stage -> plans.put(stage, StagePlan.INLINE));
        List<Loop> loops = new ArrayList<>();
        pixels.forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        channels.forEach(axis -> loops.add(outer(axis, fold.channels())));
        loops.addAll(reduction(root));
        channels.forEach(axis -> loops.add(inner(axis, fold.channels())));
        loops.removeIf(loop -> loop.extent() == 1 && loop.axis().extent() > 1);
        plans.put(root, new StagePlan(new Placement.Root(Memory.BUFFER), loops));
        for (Stage stage : part.stages().reversed()) {
            if (stage.reduces() && stage != root) {
                plans.put(stage, sums(stage));
            } else if (Staging.isLoad(stage)) {
                plans.put(stage, rows(stage));
            }
        }
        return plans;
    }

    private static Loop outer(Axis axis, long width) {
        return new Loop(axis, width, axis.extent() / width, LoopKind.SERIAL);
    }

    private static Loop inner(Axis axis, long width) {
        return new Loop(axis, 1, width, LoopKind.UNROLL);
    }

    /// The loops of a reduction: over what a window stands over, and the channels of the input, so many at once.
    private List<Loop> reduction(Stage stage) {
        List<Loop> loops = new ArrayList<>();
        List<Axis> axes = new ArrayList<>(stage.reduction());
        if (!Cuts.isContraction(stage) || axes.isEmpty()) {
            axes.forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
            return loops;
        }
        Axis inputs = axes.removeFirst();
        for (Axis axis : axes) {
            loops.add(outer(axis, axis == axes.getLast() ? fold.columns() : 1));
        }
        loops.add(outer(inputs, fold.inputs()));
        if (!axes.isEmpty()) {
            loops.add(inner(axes.getLast(), fold.columns()));
        }
        loops.add(inner(inputs, fold.inputs()));
        loops.removeIf(loop -> loop.extent() == 1 && loop.axis().extent() > 1);
        return loops;
    }

    /// Sums of the channels that are computed at once, inside of the loops of what reads them.
    private StagePlan sums(Stage stage) {
        Stage reader = reader(stage);
        List<Loop> loops = reduction(stage);
        for (int place = 0; place < stage.axes().size(); place++) {
            Axis axis = stage.axes().get(place);
            if (place == 1) {
                loops.add(Loop.overDemand(axis, LoopKind.UNROLL));
            } else {
                loops.addFirst(Loop.overDemand(axis, LoopKind.SERIAL));
            }
        }
        int depth = reader == root && !root.reduces()
                ? pixels.size() + (hasOuterChannels() ? channels.size() : 0)
                : depthOfReduction(reader);
        return new StagePlan(new Placement.At(reader, depth, Memory.REGISTERS), loops);
    }

    private boolean hasOuterChannels() {
        return channels.stream().anyMatch(axis -> axis.extent() > fold.channels());
    }

    /// How many of a reader's loops come before those that it goes through for one element.
    private int depthOfReduction(Stage reader) {
        List<Loop> loops = plans.getOrDefault(reader, StagePlan.INLINE).loops();
        int last = 0;
        for (int depth = 0; depth < loops.size(); depth++) {
            if (reader.reduction().contains(loops.get(depth).axis())) {
                last = depth + 1;
            }
        }
        return last;
    }

    /// What computes with the sums: a stage with loops, which reads them by itself or through stages written out there.
    private Stage reader(Stage stage) {
        for (Stage other : part.stages()) {
            if (Group.callees(other).contains(stage)) {
                return other == root || other.reduces() ? other : reader(other);
            }
        }
        return root;
    }

    private StagePlan rows(Stage load) {
        List<Loop> loops = new ArrayList<>();
        List<Axis> axes = new ArrayList<>(load.axes());
        if (axes.size() > 1) {
            axes.add(axes.remove(1));
        }
        axes.forEach(axis -> loops.add(Loop.overDemand(axis, LoopKind.SERIAL)));
        int rows = Math.min(2, pixels.size());
        return new StagePlan(new Placement.At(root, rows, Math.min(1, rows), Memory.REGISTERS), loops);
    }
}
