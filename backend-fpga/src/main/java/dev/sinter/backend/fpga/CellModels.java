package dev.sinter.backend.fpga;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The families that are known. Figures of look-up tables and registers: least squares of relative errors over some 60
/// designs (layers, small networks, LeNet-5, folded onto 1, 4 and 16 multipliers for each kernel, of blocks and of
/// logic) against what yosys 0.23 makes of them, drawn to a plausible figure where those say little. Shapes and costs
/// of memories and widths of multipliers: its libraries.
final class CellModels {
    /// Shapes of blocks of 18 Kibit, of ECP5 and 7 series alike.
    private static final List<MemoryModel.Shape> BLOCKS_OF_18 = List.of(
            new MemoryModel.Shape(512, 36),
            new MemoryModel.Shape(1024, 18),
            new MemoryModel.Shape(2048, 9),
            new MemoryModel.Shape(4096, 4),
            new MemoryModel.Shape(8192, 2),
            new MemoryModel.Shape(16_384, 1));

    private static final List<MemoryModel.Shape> BLOCKS_OF_4 = List.of(
            new MemoryModel.Shape(256, 16),
            new MemoryModel.Shape(512, 8),
            new MemoryModel.Shape(1024, 4),
            new MemoryModel.Shape(2048, 2));

    static final CellModel ICE40 = new CellModel(
            luts(0.12, 0.62, 0.96, 0.66, 0.67, 0.67, 0.39, 0.59, 0.38, 2.23, 0.18, 0.86, 1.05, 1.06, 0.11),
            new CellModel.Registers(0.88, 0.16, 0.73, 1),
            new MemoryModel(BLOCKS_OF_4, 4 * 1024, 64, 1.0 / 16, List.of()),
            new Parts.Product(16, 16));

    static final CellModel ECP5 = new CellModel(
            luts(0.11, 0, 1.52, 1.25, 0.87, 0.59, 0.55, 0.85, 0.58, 3.58, 0.13, 0.84, 1.13, 1.46, 0.14),
            new CellModel.Registers(0.93, 0.78, 0, 1),
            new MemoryModel(
                    BLOCKS_OF_18,
                    18 * 1024,
                    128,
                    1.0 / 16,
                    List.of(new MemoryModel.SmallMemory(new MemoryModel.Shape(16, 4), 4, 4))),
            new Parts.Product(18, 18));

    static final CellModel XILINX7 = new CellModel(
            luts(0.02, 0, 0.78, 0.07, 0.29, 0.94, 0.27, 0.65, 0.28, 1.48, 0.13, 0.74, 0.89, 1.44, 0.09),
            new CellModel.Registers(0.86, 0, 0, 2),
            new MemoryModel(
                    BLOCKS_OF_18,
                    18 * 1024,
                    129,
                    1.0 / 64,
                    List.of(
                            new MemoryModel.SmallMemory(new MemoryModel.Shape(32, 6), 8, 4),
                            new MemoryModel.SmallMemory(new MemoryModel.Shape(64, 3), 8, 4))),
            new Parts.Product(25, 18));

    private CellModels() {}

    /// @param perBit in the order of the kinds
    private static CellModel.Luts luts(double perConstantBit, double perWrittenBit, double... perBit) {
        Map<Parts.Kind, Double> luts = new EnumMap<>(Parts.Kind.class);
        for (Parts.Kind kind : Parts.Kind.values()) {
            luts.put(kind, perBit[kind.ordinal()]);
        }
        return new CellModel.Luts(luts, perConstantBit, perWrittenBit);
    }
}
