package dev.sinter.ir.plan;

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
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Plans for a kernel in which a contraction reads what another stage makes of a tensor, and is read in tiles, as in
/// convolution by Winograd's algorithm. A work-item has a block of tiles:
///
/// ```
/// for its tiles and all input channels: what the contraction reads
/// for each block of output channels
///   for its tiles: the contraction
///   for each tile: what is made of it, to the end
/// ```
///
/// What lies between these steps stays in a cache.
final class NestedSchedule {
    /// So many tiles in a row begin where they must: further ones do too.
    private static final int MOST_COUNTED = 4;

    private static final long MOST_ROWS = 4;

    /// Image, two within a tile, two of tiles, and channel.
    private static final int TILED_AXES = 6;

    private final Kernels.Part part;
    private final Stage read;
    private final Stage product;
    private final Stage columns;
    private final List<Index> at;
    private final long lanes;

    /// @param read what the contraction reads
    /// @param columns what reads the contraction
    /// @param at where `columns` is read, in terms of the root's axes
    private NestedSchedule(Kernels.Part part, Stage read, Stage product, Stage columns, List<Index> at, long lanes) {
        this.part = part;
        this.read = read;
        this.product = product;
        this.columns = columns;
        this.at = at;
        this.lanes = lanes;
    }

    /// How many tiles and vectors of output channels a block has.
    ///
    /// @param unrolledRows true if all tiles of a block are computed at once, false if those of a row are
    private record Block(long rows, long columns, long vectors, boolean unrolledRows) {}

    /// Plans for all of a kernel's stages, for blocks of several sizes; none if the kernel is not of this kind.
    static List<Map<Stage, StagePlan>> plans(Kernels.Part part, Target target) {
        Optional<NestedSchedule> nested = find(part, target);
        List<Map<Stage, StagePlan>> plans = new ArrayList<>();
        nested.ifPresent(schedule -> schedule.blocks(target).forEach(block -> plans.add(schedule.plans(block))));
        return plans;
    }

    /// The contraction, and what it reads.
    private record Product(Stage product, Stage read) {}

    private static Optional<Product> product(List<Stage> stages) {
        for (Stage product : stages) {
            List<Stage> operands = List.copyOf(Group.callees(product));
            boolean isTransformed = Cuts.isContraction(product)
                    && operands.size() == 1
                    && !operands.getFirst().reduces()
                    && operands.getFirst().axes().size() == TILED_AXES
                    && product.axes().size() == TILED_AXES;
            if (isTransformed) {
                return Optional.of(new Product(product, operands.getFirst()));
            }
        }
        return Optional.empty();
    }

    /// True if a kernel boundary would part what belongs together.
    static boolean isParted(Group group, Set<Stage> stored) {
        return product(group.stages())
                .filter(found -> Stream.concat(
                                Stream.of(found.product(), found.read()), Group.callees(found.read()).stream())
                        .anyMatch(stored::contains))
                .isPresent();
    }

    private static Optional<NestedSchedule> find(Kernels.Part part, Target target) {
        return product(part.stages())
                .filter(found -> found.product() != part.root())
                .flatMap(found -> part.stages().stream()
                        .filter(stage ->
                                !stage.reduces() && Group.callees(stage).contains(found.product()))
                        .findFirst()
                        .flatMap(columns -> readAt(part.root(), columns, part)
                                .map(at -> new NestedSchedule(
                                        part, found.read(), found.product(), columns, at, target.vectorLanes()))))
                .filter(NestedSchedule::isTiled);
    }

    /// Where `stage` is read, in terms of the axes of `reader`, with all stages in between written out.
    private static Optional<List<Index>> readAt(Stage reader, Stage stage, Kernels.Part part) {
        Inlining.Result resolved = Inlining.resolve(
                Group.expressions(reader),
                UnaryOperator.identity(),
                between -> between != stage && !between.reduces(),
                part.read());
        List<List<Index>> found = new ArrayList<>();
        for (Expr expr : resolved.all()) {
            Group.visit(expr, inner -> {
                if (inner instanceof Expr.Call(Stage called, List<Index> here) && called == stage) {
                    found.add(here);
                }
            });
        }
        return found.stream().findFirst();
    }

    private Stage root() {
        return part.root();
    }

    private Axis channels() {
        return columns.axes().getLast();
    }

    private Axis rows() {
        return columns.axes().get(columns.axes().size() - 3);
    }

    private Axis across() {
        return columns.axes().get(columns.axes().size() - 2);
    }

    private Index at(Axis axis) {
        return at.get(columns.axes().indexOf(axis));
    }

    private boolean isTiled() {
        return lanes > 1
                && root().axes().size() == 4
                && channels().extent() >= lanes
                && product.reduction().getFirst().extent() >= lanes
                && step(2, rows()) > 0
                && step(3, across()) > 0
                && at(channels()).equals(Index.of(root().axes().get(1)));
    }

    /// How many places along one of the root's axes belong to one tile; 0 if tiles do not begin at regular places.
    private long step(int rootAxis, Axis tile) {
        Axis along = root().axes().get(rootAxis);
        Index index = at(tile);
        if (!index.dependsOn(along)) {
            // One tile is all there is.
            return along.extent();
        }
        for (long step = 1; step < along.extent(); step++) {
            long places = step;
            long first = index.evaluate(axis -> axis == along ? places : 0);
            if (first > 0) {
                boolean regular = first == 1;
                for (long count = 2; count <= MOST_COUNTED; count++) {
                    long many = count * places;
                    regular &= index.evaluate(axis -> axis == along ? many : 0) == count;
                }
                return regular ? step : 0;
            }
        }
        return 0;
    }

    /// Rows of tiles as long as registers allow, or half of that, and one to four of them.
    private List<Block> blocks(Target target) {
        List<Block> blocks = new ArrayList<>();
        long most = target.vectorRegisters() - 4L;
        long allRows = Math.ceilDiv(root().axes().get(2).extent(), step(2, rows()));
        long allColumns = Math.ceilDiv(root().axes().get(3).extent(), step(3, across()));
        for (long vectors = 1; vectors <= 2 && vectors * lanes <= channels().extent(); vectors++) {
            long parts = Math.ceilDiv(allColumns * vectors, most);
            Set<Long> widths =
                    new LinkedHashSet<>(List.of(Math.ceilDiv(allColumns, parts), Math.ceilDiv(allColumns, 2 * parts)));
            for (long width : widths) {
                for (long rows = 1; rows <= Math.min(allRows, MOST_ROWS); rows *= 2) {
                    blocks.add(new Block(rows, width, vectors, false));
                    if (rows > 1 && rows * width * vectors <= most) {
                        blocks.add(new Block(rows, width, vectors, true));
                    }
                }
            }
        }
        return blocks;
    }

    private Map<Stage, StagePlan> plans(Block block) {
        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        part.stages().forEach(stage -> plans.put(stage, StagePlan.INLINE));
        long down = step(2, rows());
        long right = step(3, across());
        List<Axis> axes = root().axes();
        List<Loop> loops = new ArrayList<>();
        add(loops, axes.get(0), 1, axes.get(0).extent(), new LoopKind.Global(2));
        outer(loops, axes.get(2), down * block.rows(), new LoopKind.Global(1));
        outer(loops, axes.get(3), right * block.columns(), new LoopKind.Global(0));
        int blockDepth = loops.size();
        outer(loops, axes.get(1), lanes * block.vectors(), LoopKind.SERIAL);
        int channelDepth = loops.size();
        add(loops, axes.get(2), down, block.rows(), LoopKind.SERIAL);
        add(loops, axes.get(3), right, block.columns(), LoopKind.SERIAL);
        add(loops, axes.get(1), lanes, block.vectors(), LoopKind.SERIAL);
        int tileDepth = loops.size();
        add(loops, axes.get(2), 1, down, LoopKind.SERIAL);
        root().reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.UNROLL)));
        add(loops, axes.get(3), 1, right, LoopKind.UNROLL);
        loops.add(new Loop(axes.get(1), 1, lanes, LoopKind.VECTOR));
        plans.put(root(), new StagePlan(Placement.ROOT, loops));
        plans.put(columns, inTile(columns, new Placement.At(root(), tileDepth, Memory.REGISTERS)));
        plans.put(product, product(block, channelDepth));
        plans.put(read, read(blockDepth));
        for (Stage above : Group.callees(read)) {
            if (!part.read().containsKey(above)) {
                // Inside of the loops over tiles and channels.
                int depth = plans.get(read).loops().size() - 3;
                plans.put(above, inTile(above, new Placement.At(read, depth, Memory.REGISTERS)));
            }
        }
        return plans;
    }

    private static void add(List<Loop> loops, Axis axis, long step, long extent, LoopKind kind) {
        if (extent > 1) {
            loops.add(new Loop(axis, step, extent, kind));
        }
    }

    private static void outer(List<Loop> loops, Axis axis, long step, LoopKind kind) {
        add(loops, axis, step, Math.ceilDiv(axis.extent(), step), kind);
    }

    /// One vector of channels for the points of one tile. A column of them is written out, and then a row: the array
    /// between the two is in a cache, code stays short, and it is as fast as with all points written out.
    private StagePlan inTile(Stage stage, Placement.At placement) {
        List<Loop> loops = new ArrayList<>();
        List<Axis> axes = stage.axes();
        loops.add(Loop.overDemand(axes.get(2), LoopKind.SERIAL));
        loops.add(Loop.overDemand(axes.get(1), LoopKind.UNROLL));
        loops.add(new Loop(axes.getLast(), 1, lanes, LoopKind.VECTOR));
        return new StagePlan(placement, loops);
    }

    private StagePlan product(Block block, int depth) {
        List<Axis> axes = product.axes();
        List<Loop> loops = new ArrayList<>();
        loops.add(Loop.overDemand(axes.get(1), LoopKind.SERIAL));
        loops.add(Loop.overDemand(axes.get(2), LoopKind.SERIAL));
        if (!block.unrolledRows()) {
            loops.add(Loop.overDemand(axes.get(3), LoopKind.SERIAL));
        }
        product.reduction().forEach(axis -> loops.add(Loop.over(axis, LoopKind.SERIAL)));
        if (block.unrolledRows()) {
            loops.add(Loop.overDemand(axes.get(3), LoopKind.UNROLL));
        }
        loops.add(Loop.overDemand(axes.get(4), LoopKind.UNROLL));
        add(loops, axes.get(5), lanes, block.vectors(), LoopKind.UNROLL);
        loops.add(new Loop(axes.get(5), 1, lanes, LoopKind.VECTOR));
        return new StagePlan(new Placement.At(root(), depth, Memory.REGISTERS), loops);
    }

    private StagePlan read(int depth) {
        List<Axis> axes = read.axes();
        List<Loop> loops = new ArrayList<>();
        loops.add(Loop.overDemand(axes.get(3), LoopKind.SERIAL));
        loops.add(Loop.overDemand(axes.get(4), LoopKind.SERIAL));
        outer(loops, axes.get(5), lanes, LoopKind.SERIAL);
        loops.add(Loop.overDemand(axes.get(1), LoopKind.SERIAL));
        loops.add(Loop.overDemand(axes.get(2), LoopKind.UNROLL));
        loops.add(new Loop(axes.get(5), 1, lanes, LoopKind.VECTOR));
        return new StagePlan(new Placement.At(root(), depth, Memory.REGISTERS), loops);
    }
}
