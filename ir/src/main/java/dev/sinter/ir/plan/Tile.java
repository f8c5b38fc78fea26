package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import java.util.Map;
import java.util.Optional;

/// How the output of one kernel is cut: which axis runs along vectors, how many lanes and how many vectors side by
/// side a work-item computes, and how far its tile extends along other axes (1 where nothing is said).
record Tile(Optional<Axis> vector, long lanes, long blocks, Map<Axis, Long> extents) {
    Tile {
        extents = Map.copyOf(extents);
    }

    static Tile scalar() {
        return new Tile(Optional.empty(), 1, 1, Map.of());
    }

    long extent(Axis axis) {
        return vector.isPresent() && vector.get() == axis ? lanes * blocks : extents.getOrDefault(axis, 1L);
    }

    boolean isVector(Axis axis) {
        return vector.isPresent() && vector.get() == axis;
    }
}
