package dev.sinter.backend.fpga;

import dev.sinter.ir.schedule.Target;
import java.util.EnumMap;
import java.util.Map;

/// What cells of a family of chips synthesis makes of parts: an estimate. How many look-up tables and registers each
/// kind of part takes was fitted to what yosys 0.23 makes of small designs, and is held against others in a test; when
/// a memory is put into blocks, and how many multiplier blocks a product takes, are yosys's own rules.
///
/// @param lutsPerBit look-up tables for a bit of each kind of part
/// @param lutsPerConstantBit those for a bit of a memory that is never written, and not in blocks
/// @param lutsPerWrittenBit those for a bit of one that is written, and kept in registers
/// @param registersPerBit registers for a bit that is kept: not all are found to be needed, or some twice
/// @param registersPerProduct registers for a bit of what a product yields: blocks of some families keep it
/// @param lonelyRegisters what part of all registers takes a logic cell of its own
/// @param registersPerCell how many registers a chip has for each logic cell
/// @param memories where memories go
/// @param factors how many bits of two factors a multiplier block takes
record CellModel(
        Map<Parts.Kind, Double> lutsPerBit,
        double lutsPerConstantBit,
        double lutsPerWrittenBit,
        double registersPerBit,
        double registersPerProduct,
        double lonelyRegisters,
        int registersPerCell,
        MemoryModel memories,
        Parts.Product factors) {
    static CellModel of(Target.Fpga.Family family) {
        return switch (family) {
            case ICE40 -> CellModels.ICE40;
            case ECP5 -> CellModels.ECP5;
            case XILINX7 -> CellModels.XILINX7;
        };
    }

    CellModel {
        lutsPerBit = new EnumMap<>(lutsPerBit);
    }

    /// What a design of these parts takes.
    Resources resources(Parts parts) {
        double luts = 0;
        for (Parts.Kind kind : Parts.Kind.values()) {
            luts += lutsPerBit.getOrDefault(kind, 0.0) * parts.bits(kind);
        }
        double registers = registersPerBit * parts.bits(Parts.Kind.REGISTER);
        long blocks = 0;
        long large = 0;
        for (Parts.Memory memory : parts.memories()) {
            double bits = (double) memory.words() * memory.bits();
            long own = memories.blocks(memory);
            blocks += own;
            luts += own > 1 ? lutsPerBit.getOrDefault(Parts.Kind.CHOICE, 0.0) * memories.choices(memory) : 0;
            if (memory.large()) {
                large += Loading.blocks(memory.words());
            } else if (own == 0 && !memory.written()) {
                luts += bits * lutsPerConstantBit;
                registers += memory.bits();
            } else if (own == 0 && memories.hasSmall()) {
                luts += memories.luts(memory);
                registers += memory.clocked() ? memory.bits() : 0;
            } else if (own == 0) {
                luts += bits * lutsPerWrittenBit;
                registers += bits + (memory.clocked() ? memory.bits() : 0);
            }
        }
        long multipliers = 0;
        for (Parts.Product product : parts.products()) {
            multipliers += blocks(product);
            registers += registersPerProduct * (product.a() + product.b());
        }
        return new Resources(Math.round(luts), Math.round(registers), multipliers, blocks, large);
    }

    /// How many multiplier blocks a product takes.
    long blocks(Parts.Product product) {
        int wide = Math.max(product.a(), product.b());
        int narrow = Math.min(product.a(), product.b());
        return (long) Math.ceilDiv(wide, factors.a()) * Math.ceilDiv(narrow, factors.b());
    }

    /// How many logic cells something takes: a look-up table and a register share one where the register keeps what the
    /// table yields.
    long logicCells(Resources resources) {
        return resources.luts() + Math.round(lonelyRegisters * resources.registers());
    }
}
