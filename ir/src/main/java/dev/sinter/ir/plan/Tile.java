package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import java.util.Map;
import java.util.Optional;

/// How the output of one kernel is cut: which axis runs along vectors, how many lanes and how many vectors side by
/// side a work-item computes, and how far its tile extends along other axes (1 where nothing is said).
///
/// @param moves an axis along which a work-item moves its tile, from end to end. Along the vector's, the last tile
///     starts early enough to end in time. Along another, windows over a stage in registers keep what they have in
///     common
record Tile(Optional<Axis> vector, long lanes, long blocks, Map<Axis, Long> extents, Optional<Axis> moves) {
    Tile {
        extents = Map.copyOf(extents);
    }

    /// One that stays where it is.
    Tile(Optional<Axis> vector, long lanes, long blocks, Map<Axis, Long> extents) {
        this(vector, lanes, blocks, extents, Optional.empty());
    }

    static Tile scalar() {
        return new Tile(Optional.empty(), 1, 1, Map.of());
    }

    long extent(Axis axis) {
        return vector.isPresent() && vector.get() == axis ? lanes * blocks : extents.getOrDefault(axis, 1L);
    }

    boolean movesAlong(Axis axis) {
        return moves.isPresent() && moves.get() == axis;
    }

    boolean isVector(Axis axis) {
        return vector.isPresent() && vector.get() == axis;
    }
}
