package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Inlining;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Plans for the stages of one kernel whose work-items each compute a tile: reducing stages accumulate in registers,
/// others are inlined. The shape is the same for every operator; only the tile differs.
final class TiledSchedule {
    private static final long MOST_UNROLLED = 64;

    private final Stage root;
    private final Set<Stage> buffered;
    private final Tile tile;
    private final boolean parallel;
    private final long group;
    private final Map<Stage, StagePlan> plans = new LinkedHashMap<>();
    private final Map<Stage, List<Index>> readAt = new LinkedHashMap<>();

    /// @param parallel whether tiles are work-items
    /// @param group how many of them form a work-group
    private TiledSchedule(Stage root, Set<Stage> buffered, Tile tile, boolean parallel, long group) {
        this.root = root;
        this.buffered = buffered;
        this.tile = tile;
        this.parallel = parallel;
        this.group = group;
    }

    /// Each tile is a work-item.
    ///
    /// @param buffered the stages that live in memory, the root among them
    static TiledSchedule ofWorkItems(Stage root, Set<Stage> buffered, Tile tile, long group) {
        return new TiledSchedule(root, buffered, tile, true, group);
    }

    /// Tiles come one after the other, in a pipeline.
    static TiledSchedule ofOneTask(Stage root, Set<Stage> buffered, Tile tile) {
        return new TiledSchedule(root, buffered, tile, false, 1);
    }

    Map<Stage, StagePlan> plans() {
        collect(root, index -> index);
        List<Axis> serial = root.axes().stream().filter(this::isIgnoredByCallee).toList();
        List<Loop> loops = new ArrayList<>();
        for (Axis axis : root.axes()) {
            if (!serial.contains(axis)) {
                outer(axis, new LoopKind.Pipeline(1), loops);
            }
        }
        if (parallel) {
            toWorkItems(loops);
        }
        int depth = loops.size();
        for (Axis axis : serial) {
            outer(axis, LoopKind.SERIAL, loops);
        }
        boolean readsRegisters = !readAt.isEmpty();
        for (Axis axis : root.reduction()) {
            boolean unroll = readsRegisters && root.reductionPoints() <= MOST_UNROLLED;
            loops.add(Loop.over(axis, unroll ? LoopKind.UNROLL : LoopKind.SERIAL));
        }
        for (Axis axis : root.axes()) {
            inner(axis, loops);
        }
        tile.vector().ifPresent(axis -> loops.add(new Loop(axis, 1, tile.lanes(), LoopKind.VECTOR)));
        plans.put(root, new StagePlan(Placement.ROOT, loops));
        readAt.keySet().forEach(stage -> plans.put(stage, inRegisters(stage, depth)));
        return plans;
    }

    private void outer(Axis axis, LoopKind kind, List<Loop> loops) {
        long step = tile.extent(axis);
        long extent = Math.ceilDiv(axis.extent(), step);
        if (extent > 1) {
            loops.add(new Loop(axis, step, extent, kind));
        }
    }

    /// The innermost loop becomes dimension 0, the next one 1, and all others 2. Neighbours along the innermost form
    /// work-groups.
    private void toWorkItems(List<Loop> loops) {
        for (int depth = 0; depth < loops.size(); depth++) {
            Loop loop = loops.get(depth);
            int dimension = Math.min(2, loops.size() - 1 - depth);
            loops.set(depth, new Loop(loop.axis(), loop.step(), loop.extent(), new LoopKind.Global(dimension)));
        }
        if (group > 1 && !loops.isEmpty()) {
            Loop last = loops.removeLast();
            long items = Math.min(group, last.extent());
            loops.add(new Loop(
                    last.axis(), last.step() * items, Math.ceilDiv(last.extent(), items), new LoopKind.Global(0)));
            loops.add(new Loop(last.axis(), last.step(), items, new LoopKind.Local(0)));
        }
    }

    private void inner(Axis axis, List<Loop> loops) {
        if (tile.isVector(axis)) {
            if (tile.blocks() > 1) {
                loops.add(new Loop(axis, tile.lanes(), tile.blocks(), LoopKind.UNROLL));
            }
        } else if (tile.extent(axis) > 1) {
            loops.add(new Loop(axis, 1, tile.extent(axis), LoopKind.UNROLL));
        }
    }

    /// Finds the stages in registers, and where they are read in terms of the root's axes.
    private void collect(Stage stage, java.util.function.UnaryOperator<Index> at) {
        Inlining.Result resolved = Inlining.resolve(Group.expressions(stage), at, this::isInlined, Map.of());
        for (Expr expr : resolved.all()) {
            Group.visit(expr, part -> {
                if (part instanceof Expr.Call(Stage callee, List<Index> here)
                        && !buffered.contains(callee)
                        && readAt.putIfAbsent(callee, here) == null) {
                    collect(
                            callee,
                            index -> index.substitute(axis -> {
                                int place = callee.axes().indexOf(axis);
                                return place < 0 ? Index.of(axis) : here.get(place);
                            }));
                }
            });
        }
        Group.callees(stage).stream().filter(this::isInlined).forEach(this::planInlined);
    }

    private boolean isInlined(Stage stage) {
        return !stage.reduces() && !buffered.contains(stage);
    }

    private void planInlined(Stage stage) {
        plans.put(stage, StagePlan.INLINE);
        Group.callees(stage).stream().filter(this::isInlined).forEach(this::planInlined);
    }

    /// True if some stage in registers is the same all along `axis`: then the loop over it belongs inside, or the
    /// stage would be computed again and again.
    private boolean isIgnoredByCallee(Axis axis) {
        return readAt.values().stream().anyMatch(at -> at.stream().noneMatch(index -> index.dependsOn(axis)));
    }

    private StagePlan inRegisters(Stage stage, int depth) {
        List<Loop> loops = new ArrayList<>();
        stage.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        Optional<Axis> vector = vectorAxis(stage);
        for (Axis axis : stage.axes()) {
            if (vector.isPresent() && vector.get() == axis) {
                if (tile.blocks() > 1) {
                    loops.add(new Loop(axis, tile.lanes(), tile.blocks(), LoopKind.UNROLL));
                }
            } else {
                loops.add(Loop.overDemand(axis, LoopKind.UNROLL));
            }
        }
        vector.ifPresent(axis -> loops.add(new Loop(axis, 1, tile.lanes(), LoopKind.VECTOR)));
        return new StagePlan(new Placement.At(root, depth, Memory.REGISTERS), loops);
    }

    /// The axis of a stage that follows the root's vector axis one to one.
    private Optional<Axis> vectorAxis(Stage stage) {
        if (tile.vector().isEmpty()) {
            return Optional.empty();
        }
        List<Index> at = Expect.present(readAt.get(stage), stage);
        for (int place = 0; place < at.size(); place++) {
            if (at.get(place).coefficient(tile.vector().get()) == 1) {
                return Optional.of(stage.axes().get(place));
            }
        }
        return Optional.empty();
    }

    /// The plans of several kernels of one group together.
    static Schedule join(List<Map<Stage, StagePlan>> kernels) {
        Map<Stage, StagePlan> all = new LinkedHashMap<>();
        kernels.forEach(all::putAll);
        return new Schedule(all);
    }
}
