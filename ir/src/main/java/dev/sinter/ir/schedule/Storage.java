package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Index;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/// The array that holds elements of a stage until they are read.
///
/// @param memory registers or local memory
/// @param dimensions one for each of the stage's axes
/// @param lanes what vectors the elements are computed in, if they are
public record Storage(Memory memory, List<Dimension> dimensions, Optional<Lanes> lanes) {
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

    /// The vectors in which a stage is computed.
    ///
    /// @param axis the place of the axis that they lie along
    /// @param count how many elements one has
    /// @param whole true if they are read as they are written: then a vector is one element of the array. Else each
    ///     lane is one, and they are side by side: the array's innermost
    public record Lanes(int axis, long count, boolean whole) {
        /// True if the lanes of a vector, or of several in a row, are read together.
        static boolean areWhole(Index place, Axis lane) {
            return place.isUnitStride(lane)
                    && place.minus(Index.of(lane)).modulo(lane.extent()).equals(Index.ZERO);
        }
    }

    /// How long the array is along each of its own axes.
    public List<Long> extents() {
        List<Long> extents = dimensions.stream().map(Dimension::extent).toList();
        return ofArray(extents, (extent, count) -> Math.ceilDiv(extent, count));
    }

    /// Where in the array the element at `coordinates` is, not yet modulo the extent along a ring.
    public List<Index> elements(List<Index> coordinates) {
        return ofArray(places(coordinates), Index::dividedBy);
    }

    /// The axis of the array that is a ring, if one is.
    public OptionalInt ring() {
        List<Boolean> rings = ofArray(dimensions.stream().map(Dimension::ring).toList(), (ring, _) -> ring);
        int ring = rings.indexOf(true);
        return ring < 0 ? OptionalInt.empty() : OptionalInt.of(ring);
    }

    /// What there is for each of the stage's axes as what there is for each of the array's.
    private <T> List<T> ofArray(List<T> axes, BiFunction<T, Long, T> perVector) {
        if (lanes.isEmpty()) {
            return axes;
        }
        Lanes own = lanes.get();
        List<T> array = new ArrayList<>(axes);
        T along = array.remove(own.axis());
        if (!own.whole()) {
            array.add(along);
        } else if (isSeveral(own)) {
            array.add(own.axis(), perVector.apply(along, own.count()));
        }
        return array;
    }

    private boolean isSeveral(Lanes own) {
        return dimensions.get(own.axis()).extent() > own.count();
    }
}
