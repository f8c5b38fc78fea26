package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Inlining;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Tail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Plans for the stages of one kernel whose work-items each compute a tile: reducing stages accumulate in registers,
/// others are inlined. The shape is the same for every operator; only the tile differs.
final class TiledSchedule {
    private static final long MOST_UNROLLED = 64;

    private final Kernels.Part part;
    private final Stage root;
    private final Tile tile;
    private final boolean parallel;
    private final long group;
    private final Map<Stage, StagePlan> plans = new LinkedHashMap<>();
    private final Map<Stage, List<Index>> readAt = new LinkedHashMap<>();
    private final Set<Stage> unread = new HashSet<>();

    /// @param parallel whether tiles are work-items
    /// @param group how many of them form a work-group
    private TiledSchedule(Kernels.Part part, Tile tile, boolean parallel, long group) {
        this.part = part;
        this.root = part.root();
        this.tile = tile;
        this.parallel = parallel;
        this.group = group;
    }

    /// Each tile is a work-item.
    static TiledSchedule ofWorkItems(Kernels.Part part, Tile tile, long group) {
        return new TiledSchedule(part, tile, true, group);
    }

    /// Tiles come one after the other, in a pipeline.
    static TiledSchedule ofOneTask(Kernels.Part part, Tile tile) {
        return new TiledSchedule(part, tile, false, 1);
    }

    /// Nothing, if the tile were to move for nothing.
    Optional<Map<Stage, StagePlan>> plansIfWorthwhile() {
        Map<Stage, StagePlan> all = plans();
        return isWorthMoving() ? Optional.of(all) : Optional.empty();
    }

    Map<Stage, StagePlan> plans() {
        collect(root, index -> index);
        part.stages().stream().filter(part.written()::containsKey).forEach(this::collectBeside);
        List<Axis> serial = root.axes().stream()
                .filter(axis -> isIgnoredByCallee(axis) || tile.movesAlong(axis))
                .toList();
        List<Loop> loops = new ArrayList<>();
        for (Axis axis : root.axes()) {
            if (!serial.contains(axis)) {
                outer(axis, LoopKind.SERIAL, loops);
            }
        }
        if (parallel) {
            toWorkItems(loops);
        }
        int depth = loops.size();
        for (Axis axis : serial) {
            outer(axis, LoopKind.SERIAL, loops);
        }
        boolean unroll = !readAt.isEmpty() && root.reductionPoints() <= MOST_UNROLLED;
        if (!parallel && !loops.isEmpty() && hasNoLoopsInside(loops.size() == depth, unroll)) {
            Loop last = loops.removeLast();
            loops.add(new Loop(last.axis(), last.step(), last.extent(), new LoopKind.Pipeline(1)));
        }
        for (Axis axis : root.reduction()) {
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

    /// True if an iteration of the last loop around a tile can start in each cycle: all inside of it is written out.
    ///
    /// @param outermost true if stages in registers are computed inside of that loop
    private boolean hasNoLoopsInside(boolean outermost, boolean unrolledReduction) {
        return (!root.reduces() || unrolledReduction)
                && !(outermost && readAt.keySet().stream().anyMatch(Stage::reduces));
    }

    private void outer(Axis axis, LoopKind kind, List<Loop> loops) {
        long step = tile.extent(axis);
        long extent = Math.ceilDiv(axis.extent(), step);
        if (extent > 1) {
            boolean overlaps = tile.movesAlong(axis) && tile.isVector(axis);
            loops.add(new Loop(axis, step, extent, kind, overlaps ? Tail.OVERLAP : Tail.GUARD));
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
            Group.visit(expr, inner -> {
                if (inner instanceof Expr.Call(Stage callee, List<Index> here)
                        && !part.read().containsKey(callee)
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

    /// A result that no other stage reads has its elements where the root has.
    private void collectBeside(Stage result) {
        if (result != root && !readAt.containsKey(result) && result.shape().equals(root.shape())) {
            unread.add(result);
            readAt.put(result, root.axes().stream().map(Index::of).toList());
            collect(
                    result,
                    index -> index.substitute(axis -> {
                        int place = result.axes().indexOf(axis);
                        return Index.of(place < 0 ? axis : root.axes().get(place));
                    }));
        }
    }

    private boolean isInlined(Stage stage) {
        return !stage.reduces() && part.tensor(stage).isEmpty();
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
        Optional<Axis> moving = movingAxis(stage);
        moving.ifPresent(axis -> loops.add(Loop.overDemand(axis, LoopKind.SERIAL)));
        stage.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        Optional<Axis> vector = vectorAxis(stage);
        for (Axis axis : stage.axes()) {
            if (moving.isPresent() && moving.get() == axis) {
                continue;
            }
            if (vector.isPresent() && vector.get() == axis) {
                if (tile.blocks() > 1) {
                    loops.add(new Loop(axis, tile.lanes(), tile.blocks(), LoopKind.UNROLL));
                }
            } else {
                loops.add(Loop.overDemand(axis, LoopKind.UNROLL));
            }
        }
        vector.ifPresent(axis -> loops.add(new Loop(axis, 1, tile.lanes(), LoopKind.VECTOR)));
        Memory memory = unread.contains(stage) ? Memory.BUFFER : Memory.REGISTERS;
        int inside = tile.moves().isPresent() ? depth + 1 : depth;
        return new StagePlan(new Placement.At(root, inside, moving.isPresent() ? depth : inside, memory), loops);
    }

    /// The axis of a stage along which windows over it move.
    private Optional<Axis> movingAxis(Stage stage) {
        return tile.moves()
                .filter(axis -> !tile.isVector(axis))
                .flatMap(axis -> axisAlong(stage, index -> index.dependsOn(axis)));
    }

    /// False where moving the tile saves nothing: beside its vectors every stage in registers is to be read in windows
    /// that overlap.
    private boolean isWorthMoving() {
        if (tile.moves().isEmpty()) {
            return true;
        }
        Axis axis = tile.moves().get();
        if (root.axes().stream().anyMatch(each -> each.extent() > 1 && isIgnoredByCallee(each))) {
            return false;
        }
        return tile.isVector(axis)
                || !readAt.isEmpty()
                        && readAt.values().stream()
                                .allMatch(at -> at.stream()
                                        .filter(index -> index.dependsOn(axis))
                                        .anyMatch(index -> reach(index) > index.coefficient(axis)));
    }

    /// How many neighbours one element of the root reads.
    private long reach(Index index) {
        return index.substitute(axis -> root.reduction().contains(axis) ? Index.of(axis) : Index.ZERO)
                .range()
                .size();
    }

    /// The axis of a stage that follows the root's vector axis one to one.
    private Optional<Axis> vectorAxis(Stage stage) {
        return tile.vector().flatMap(axis -> axisAlong(stage, index -> index.coefficient(axis) == 1));
    }

    /// The first axis of a stage along which it is read at such a place.
    private Optional<Axis> axisAlong(Stage stage, Predicate<Index> place) {
        List<Index> at = Expect.present(readAt.get(stage), stage);
        return IntStream.range(0, at.size())
                .filter(axis -> place.test(at.get(axis)))
                .mapToObj(stage.axes()::get)
                .findFirst();
    }

    /// The plans of several kernels of one group together.
    static Schedule join(List<Map<Stage, StagePlan>> kernels) {
        Map<Stage, StagePlan> all = new LinkedHashMap<>();
        kernels.forEach(all::putAll);
        return new Schedule(all);
    }
}
