package dev.sinter.backend.fpga;

import dev.sinter.ir.expr.Range;
import java.util.List;

/// A memory that is never written. Each word has a number for each lane.
///
/// @param words for each address the numbers side by side
/// @param lanes the range of each lane's numbers
record Rom(String name, List<long[]> words, List<Range> lanes) {
    int width() {
        return lanes.stream().mapToInt(Rom::bits).sum();
    }

    /// How many bits a lane takes: none for a sign where no number is negative.
    static int bits(Range lane) {
        return lane.lo() < 0 ? Signal.width(lane) : Math.max(1, Signal.width(lane) - 1);
    }

    /// The first bit of a lane.
    int lowest(int lane) {
        return lanes.subList(0, lane).stream().mapToInt(Rom::bits).sum();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
