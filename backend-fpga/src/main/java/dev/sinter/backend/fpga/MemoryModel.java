package dev.sinter.backend.fpga;

import java.util.Comparator;
import java.util.List;

/// What a family of chips has for memories, and when yosys takes which: the cheapest, by the costs that it gives them.
///
/// @param shapes in which a block comes
/// @param blockBits how many bits a block has
/// @param blockCost what a block costs, in bits that are kept in registers
/// @param constantBit what a bit costs that never changes, in the same unit: it is a part of a look-up table
/// @param small memories made of look-up tables; bits of those that have none are kept in registers
record MemoryModel(List<Shape> shapes, long blockBits, double blockCost, double constantBit, List<SmallMemory> small) {
    /// What a choice between two bits costs, in bits that are kept in registers.
    private static final double CHOICE = 0.5;

    /// @param words how many
    /// @param bits of each
    record Shape(long words, int bits) {
        /// How many of them a memory takes.
        long count(Parts.Memory memory) {
            return Math.ceilDiv(memory.words(), words) * Math.ceilDiv(memory.bits(), bits);
        }

        /// How many bits are chosen of two, where some of them stand above each other.
        long choices(Parts.Memory memory) {
            return (Math.ceilDiv(memory.words(), words) - 1) * memory.bits();
        }
    }

    /// A memory made of look-up tables.
    ///
    /// @param cost in bits that are kept in registers
    /// @param luts how many look-up tables it takes the place of
    record SmallMemory(Shape shape, double cost, int luts) {
        /// What a memory costs that is made of them, with the choice between those above each other.
        double cost(Parts.Memory memory) {
            return shape.count(memory) * cost + CHOICE * shape.choices(memory);
        }
    }

    MemoryModel {
        shapes = List.copyOf(shapes);
        small = List.copyOf(small);
    }

    /// How many blocks a memory takes; none if it is not kept in blocks.
    long blocks(Parts.Memory memory) {
        if (memory.large() || !memory.clocked()) {
            return 0;
        }
        long count = shape(memory).count(memory);
        return count * blockCost < costOfLogic(memory) ? count : 0;
    }

    /// How many bits are chosen of two behind the blocks of a memory.
    long choices(Parts.Memory memory) {
        return shape(memory).choices(memory);
    }

    /// The shape of which it takes the fewest blocks.
    private Shape shape(Parts.Memory memory) {
        return shapes.stream()
                .min(Comparator.comparingLong((Shape shape) -> shape.count(memory))
                        .thenComparingLong(shape -> shape.choices(memory)))
                .orElseThrow();
    }

    private double costOfLogic(Parts.Memory memory) {
        double bits = (double) memory.words() * memory.bits();
        if (!memory.written()) {
            return bits * constantBit;
        }
        return small.stream().mapToDouble(one -> one.cost(memory)).min().orElse(bits);
    }

    /// How many look-up tables the small memories take that one which is written is made of; 0 where there are none.
    long luts(Parts.Memory memory) {
        return small.stream()
                .mapToLong(one -> one.shape().count(memory) * one.luts())
                .min()
                .orElse(0);
    }

    /// True if there are small memories.
    boolean hasSmall() {
        return !small.isEmpty();
    }
}
