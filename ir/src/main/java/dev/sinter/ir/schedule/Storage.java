package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Index;
import java.util.ArrayList;
import java.util.List;

/// The array that holds elements of a stage until they are read.
///
/// @param memory registers or local memory
/// @param dimensions one for each of the stage's axes
public record Storage(Memory memory, List<Dimension> dimensions) {
    /// One axis of the array.
    ///
    /// @param base the coordinate that lies at place 0
    /// @param extent how many places there are
    /// @param ring true where coordinates come round to place 0 again after `extent` of them
    public record Dimension(Index base, long extent, boolean ring) {
        private Index place(Index coordinate) {
            return coordinate.minus(base);
        }
    }

    public Storage {
        dimensions = List.copyOf(dimensions);
    }

    /// How far from the start of the array the element at `coordinates` is along each axis; along a ring modulo its
    /// extent.
    public List<Index> places(List<Index> coordinates) {
        List<Index> places = new ArrayList<>();
        for (int axis = 0; axis < dimensions.size(); axis++) {
            places.add(dimensions.get(axis).place(coordinates.get(axis)));
        }
        return places;
    }
}
