package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Staging;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Schedules for GPUs. Contractions compute tiles from operands in local memory; reductions along whole axes are trees;
/// for all else neighbouring work-items compute neighbouring elements.
final class GpuCandidates implements Candidates {
    private static final List<Long> GROUP_SIZES = List.of(64L, 128L, 256L);

    /// Where rows have no room around them, pixels cannot be brought in as vectors: one size is tried for those.
    private static final long SCALAR_GROUP = 128;

    private static final List<Long> BLOCKS = List.of(1L, 2L, 4L, 8L);
    private static final List<Long> DEPTHS = List.of(16L, 8L, 4L, 2L);
    private static final long ITEMS = 64;
    private static final long MOST_TREE = 256;

    /// Shorter reductions are not worth their barriers.
    private static final long LEAST_TREE = 32;

    @Override
    public List<Division> of(Group group, Target target) {
        List<Division> divisions = new ArrayList<>();
        for (Set<Stage> cut : Cuts.of(group)) {
            staged(group, cut).ifPresent(divisions::add);
            divisions.add(new Division(group, cut, GpuCandidates::plain));
        }
        divisions.add(new Division(group, Cuts.safest(group), GpuCandidates::plain, true));
        return divisions;
    }

    /// The group with the operands of its contraction read by stages of their own.
    private static Optional<Division> staged(Group group, Set<Stage> cut) {
        Optional<Stage> contraction =
                group.stages().stream().filter(Cuts::isContraction).findFirst();
        if (contraction.isEmpty()) {
            return Optional.empty();
        }
        Staging.Result staging = Staging.of(group, Operands.of(contraction.get()), Set.of());
        return Optional.of(new Division(staging.group(), staging.now(cut), GpuCandidates::tiled));
    }

    private static List<Map<Stage, StagePlan>> tiled(Kernels.Part part) {
        Optional<Stage> contraction = WorkGroupSchedule.contraction(part);
        List<WorkGroupTile> tiles = contraction.isEmpty() ? List.of() : tiles(part.root());
        if (tiles.isEmpty()) {
            return plain(part);
        }
        List<Map<Stage, StagePlan>> plans = new ArrayList<>();
        for (WorkGroupTile tile : tiles) {
            plans.add(WorkGroupSchedule.of(part, contraction.orElseThrow(), tile, true));
            if (tile.groupSize() == SCALAR_GROUP) {
                plans.add(WorkGroupSchedule.of(part, contraction.orElseThrow(), tile, false));
            }
        }
        return plans;
    }

    /// Work-items along the last two axes, a block of the first axis after the batch in registers.
    private static List<WorkGroupTile> tiles(Stage root) {
        List<Axis> axes = root.axes();
        if (axes.size() < 2) {
            return List.of();
        }
        Axis columns = axes.getLast();
        Axis rows = axes.get(axes.size() - 2);
        Axis channels = axes.size() > 2 ? axes.get(1) : rows;
        List<WorkGroupTile> tiles = new ArrayList<>();
        for (long size : GROUP_SIZES) {
            for (long across = 32; across >= 8; across /= 2) {
                Map<Axis, Long> items = items(size, across, columns, rows, channels);
                for (long block : BLOCKS) {
                    Map<Axis, Long> registers = new HashMap<>();
                    if (block > 1 && block < 2 * channels.extent()) {
                        registers.put(channels, block);
                    }
                    if (block == 1 || !registers.isEmpty()) {
                        DEPTHS.forEach(depth -> tiles.add(new WorkGroupTile(items, registers, depth)));
                    }
                }
            }
        }
        return tiles.stream().distinct().toList();
    }

    private static Map<Axis, Long> items(long size, long across, Axis columns, Axis rows, Axis channels) {
        Map<Axis, Long> items = new HashMap<>();
        long left = size;
        for (Axis axis : new LinkedHashSet<>(List.of(columns, rows, channels))) {
            long most = axis == columns ? Math.min(across, left) : left;
            long own = Math.min(most, Long.highestOneBit(Math.max(1, 2 * axis.extent() - 1)));
            items.put(axis, own);
            left /= own;
        }
        return items;
    }

    /// No stage that reads tensors.
    private static List<Map<Stage, StagePlan>> plain(Kernels.Part part) {
        List<Map<Stage, StagePlan>> plans = new ArrayList<>();
        boolean worthTree = part.stages().stream()
                .anyMatch(
                        stage -> stage.reduces() && stage.reduction().getLast().extent() >= LEAST_TREE);
        if (worthTree) {
            TreeSchedule.of(part, MOST_TREE).ifPresent(plans::add);
        }
        Stage root = part.root();
        for (long block : BLOCKS.reversed()) {
            if (block == 1 || root.axes().size() > 2 && root.axes().get(1).extent() % block == 0) {
                Map<Axis, Long> extents =
                        block == 1 ? Map.of() : Map.of(root.axes().get(1), block);
                Tile tile = new Tile(Optional.empty(), 1, 1, extents);
                plans.add(TiledSchedule.ofWorkItems(part, tile, ITEMS).plans());
            }
        }
        if (!root.axes().isEmpty() && root.axes().getLast().extent() % WorkGroupSchedule.LANES == 0) {
            Tile tile = new Tile(Optional.of(root.axes().getLast()), WorkGroupSchedule.LANES, 1, Map.of());
            plans.add(TiledSchedule.ofWorkItems(part, tile, ITEMS).plans());
        }
        return plans;
    }
}
