package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Schedules for CPUs: a work-item computes a tile of vectors in registers.
final class CpuCandidates implements Candidates {
    private static final long MOST_WINDOW_ROWS = 8;

    @Override
    public List<Division> of(Group group, Target target) {
        List<Division> divisions = new ArrayList<>();
        Cuts.of(group).stream()
                .filter(cut -> !NestedSchedule.isParted(group, cut))
                .forEach(cut -> divisions.add(new Division(group, cut, part -> plans(part, target))));
        divisions.add(new Division(group, Cuts.safest(group), part -> plans(part, target), true));
        return divisions;
    }

    private static List<Map<Stage, StagePlan>> plans(Kernels.Part part, Target target) {
        List<Map<Stage, StagePlan>> nested = NestedSchedule.plans(part, target);
        if (!nested.isEmpty()) {
            return nested;
        }
        return candidates(part.root(), target).stream()
                .flatMap(tile -> TiledSchedule.ofWorkItems(part, tile, 1).plansIfWorthwhile().stream())
                .filter(plans -> !hasRowsOfVectorsInRegisters(plans))
                .toList();
    }

    /// Several vectors side by side of a stage that another one finishes: the cost model finds them cheaper than they
    /// are, as it does not know that weights come from further away than pixels.
    private static boolean hasRowsOfVectorsInRegisters(Map<Stage, StagePlan> plans) {
        return plans.values().stream()
                .filter(plan -> plan.placement() instanceof Placement.At)
                .map(StagePlan::loops)
                .anyMatch(loops -> loops.stream()
                        .filter(loop -> loop.kind() instanceof LoopKind.Vector)
                        .anyMatch(lanes -> loops.stream()
                                        .filter(loop -> loop.axis() == lanes.axis())
                                        .count()
                                > 1));
    }

    private static List<Tile> candidates(Stage root, Target target) {
        List<Tile> tiles = new ArrayList<>(List.of(Tile.scalar()));
        Set<Axis> vectors = new LinkedHashSet<>();
        List<Axis> axes = root.axes();
        if (axes.size() > 1) {
            vectors.add(axes.get(1));
        }
        if (!axes.isEmpty()) {
            vectors.add(axes.getLast());
        }
        if (axes.size() > 2 && liesInnermost(root, axes.getFirst())) {
            vectors.add(axes.getFirst());
        }
        vectors.removeIf(axis -> axis.extent() < 2 || target.vectorLanes() < 2);
        for (Axis vector : vectors) {
            long lanes = target.vectorLanes();
            while (lanes > 2 && lanes >= 2 * vector.extent()) {
                lanes /= 2;
            }
            for (long blocks = 1; blocks <= 8 && (blocks - 1) * lanes < vector.extent(); blocks *= 2) {
                for (Map<Axis, Long> extents : spatial(axes, vector, blocks, target)) {
                    tiles.add(new Tile(Optional.of(vector), lanes, blocks, extents));
                }
            }
            if (vector == axes.getLast() && vector.extent() > lanes && vector.extent() % lanes != 0) {
                for (Map<Axis, Long> extents : spatial(axes, vector, 1, target)) {
                    tiles.add(new Tile(Optional.of(vector), lanes, 1, extents, Optional.of(vector)));
                }
            }
            if (root.reduces()) {
                tiles.addAll(overWindows(axes, vector, lanes));
            }
        }
        return tiles;
    }

    /// Tiles that move along the last axis that is not the vector's, and extend along the one above.
    private static List<Tile> overWindows(List<Axis> axes, Axis vector, long lanes) {
        List<Axis> free = new ArrayList<>(axes);
        free.remove(vector);
        if (free.size() < 2) {
            return List.of();
        }
        Axis above = free.get(free.size() - 2);
        List<Tile> tiles = new ArrayList<>();
        for (long rows = 1; rows <= MOST_WINDOW_ROWS && rows <= above.extent(); rows *= 2) {
            tiles.add(new Tile(Optional.of(vector), lanes, 1, Map.of(above, rows), Optional.of(free.getLast())));
        }
        return tiles;
    }

    /// True if neighbours along `axis` may lie side by side in something that the stage reads.
    private static boolean liesInnermost(Stage root, Axis axis) {
        boolean[] found = {false};
        for (Expr expr : Group.expressions(root)) {
            Group.visit(expr, part -> {
                if (part instanceof Expr.Read(_, List<Index> at) && !at.isEmpty()) {
                    found[0] |= at.getLast().coefficient(axis) == 1;
                } else if (part instanceof Expr.Call(_, List<Index> at) && !at.isEmpty()) {
                    found[0] |= at.getLast().coefficient(axis) == 1;
                }
            });
        }
        return found[0];
    }

    /// Tiles over the last two axes that are not the vector's, as large as registers allow.
    private static List<Map<Axis, Long>> spatial(List<Axis> axes, Axis vector, long blocks, Target target) {
        List<Axis> free = new ArrayList<>(axes);
        free.remove(vector);
        long most = Math.max(1, (target.vectorRegisters() - 4) / blocks);
        List<Map<Axis, Long>> tiles = new ArrayList<>();
        if (free.isEmpty()) {
            return List.of(Map.of());
        }
        Axis last = free.getLast();
        for (long columns : sizes(last.extent(), most)) {
            if (free.size() == 1) {
                tiles.add(Map.of(last, columns));
                continue;
            }
            Axis above = free.get(free.size() - 2);
            for (long rows = 1; rows <= 2 && rows <= above.extent() && rows * columns <= most; rows++) {
                tiles.add(Map.of(last, columns, above, rows));
            }
        }
        return tiles;
    }

    /// Extents worth trying: those that waste least, a few down from the largest.
    private static Set<Long> sizes(long extent, long most) {
        Set<Long> sizes = new LinkedHashSet<>();
        long size = Math.min(extent, most);
        while (size > 0 && sizes.size() < 4) {
            // As small as that many parts of the axis can be.
            size = Math.ceilDiv(extent, Math.ceilDiv(extent, size));
            sizes.add(size);
            size--;
        }
        sizes.add(Math.min(extent, 4));
        sizes.add(1L);
        return sizes;
    }
}
