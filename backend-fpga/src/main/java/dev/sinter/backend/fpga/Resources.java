package dev.sinter.backend.fpga;

/// How much of a chip something takes.
///
/// @param luts look-up tables, of as many inputs as those of the chip have, and what else is computed in their place:
///     carries, and small memories made of them
/// @param registers bits that are kept from one cycle to the next outside of blocks
/// @param multipliers multiplier blocks
/// @param blockRams blocks of memory, of the smallest size that a chip has
/// @param largeRams blocks of memory that is empty at the start
public record Resources(long luts, long registers, long multipliers, long blockRams, long largeRams) {
    static final Resources NONE = new Resources(0, 0, 0, 0, 0);

    Resources plus(Resources other) {
        return new Resources(
                luts + other.luts,
                registers + other.registers,
                multipliers + other.multipliers,
                blockRams + other.blockRams,
                largeRams + other.largeRams);
    }
}
