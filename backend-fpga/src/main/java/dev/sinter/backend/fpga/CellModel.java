package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.schedule.Target;
import java.util.EnumMap;
import java.util.Map;

/// What cells of a family of chips synthesis makes of parts: an estimate. How many look-up tables and registers each
/// kind of part takes was fitted to what yosys 0.23 makes of small designs, and is held against others in a test; when
/// a memory is put into blocks, and how many multiplier blocks a product takes, are yosys's own rules.
///
/// @param luts how many look-up tables parts take
/// @param registers how many registers they take, and how many there are
/// @param memories where memories go
/// @param factors how many bits of two factors a multiplier block takes
record CellModel(Luts luts, Registers registers, MemoryModel memories, Parts.Product factors) {
    /// How many look-up tables parts take.
    ///
    /// @param perBit for a bit of each kind of part
    /// @param perConstantBit for a bit of a memory that is never written, and not in blocks
    /// @param perWrittenBit for a bit of one that is written, and kept in registers
    record Luts(Map<Parts.Kind, Double> perBit, double perConstantBit, double perWrittenBit) {
        Luts {
            perBit = new EnumMap<>(perBit);
        }

        double of(Parts.Kind kind, long bits) {
            return perBit.getOrDefault(kind, 0.0) * bits;
        }
    }

    /// How many registers parts take, and how many there are.
    ///
    /// @param perBit for a bit that is kept: not all are found to be needed, or some twice
    /// @param perProductBit for a bit of what a product yields: blocks of some families keep it
    /// @param lonely what part of all of them takes a logic cell of its own
    /// @param perCell how many a chip has for each logic cell
    record Registers(double perBit, double perProductBit, double lonely, int perCell) {}

    /// @throws CompileException if nothing is known of the chip's cells
    static CellModel of(Target target) {
        return target.fpga()
                .flatMap(Target.Fpga::family)
                .map(CellModel::of)
                .orElseThrow(() -> new CompileException(
                        Code.FPGA_TOOL,
                        target.name(),
                        "what its cells are is not known",
                        "it is for the families ice40, ecp5 and xilinx7; a chip's hardware file says of which it is"
                                + " (fpga.family)"));
    }

    static CellModel of(Target.Fpga.Family family) {
        return switch (family) {
            case ICE40 -> CellModels.ICE40;
            case ECP5 -> CellModels.ECP5;
            case XILINX7 -> CellModels.XILINX7;
        };
    }

    /// What a design of these parts takes.
    Resources resources(Parts parts) {
        double tables = 0;
        for (Parts.Kind kind : Parts.Kind.values()) {
            tables += luts.of(kind, parts.bits(kind));
        }
        double kept = registers.perBit() * parts.bits(Parts.Kind.REGISTER);
        long blocks = 0;
        long large = 0;
        for (Parts.Memory memory : parts.memories()) {
            double bits = (double) memory.words() * memory.bits();
            long own = memories.blocks(memory);
            blocks += own;
            tables += own > 1 ? luts.of(Parts.Kind.CHOICE, memories.choices(memory)) : 0;
            if (memory.large()) {
                large += Loading.blocks(memory.words());
            } else if (own == 0 && !memory.written()) {
                tables += bits * luts.perConstantBit();
                kept += memory.bits();
            } else if (own == 0 && memories.hasSmall()) {
                tables += memories.luts(memory);
                kept += memory.clocked() ? memory.bits() : 0;
            } else if (own == 0) {
                tables += bits * luts.perWrittenBit();
                kept += bits + (memory.clocked() ? memory.bits() : 0);
            }
        }
        long multipliers = 0;
        for (Parts.Product product : parts.products()) {
            multipliers += blocks(product);
            kept += registers.perProductBit() * (product.a() + product.b());
        }
        return new Resources(Math.round(tables), Math.round(kept), multipliers, blocks, large);
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
        return resources.luts() + Math.round(registers.lonely() * resources.registers());
    }
}
