package dev.sinter.backend.fpga;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A board that a bitstream is made for.
///
/// @param name as people call it
/// @param target the hardware file of its chip
/// @param device as nextpnr-ice40 calls the chip
/// @param chipPackage as nextpnr-ice40 calls it
/// @param clock how many cycles a second its oscillator makes
/// @param bitsPerSecond of its serial line
/// @param pins of the chip for the clock and the two ends of the serial line
public record Board(
        String name,
        String target,
        String device,
        String chipPackage,
        long clock,
        long bitsPerSecond,
        Map<String, Integer> pins) {
    /// All that are known. Pins: the board's schematic.
    private static final List<Board> ALL = List.of(new Board(
            "icebreaker",
            "lattice-ice40up5k",
            "up5k",
            "sg48",
            12_000_000,
            1_000_000,
            Map.of("clock", 35, "receive", 6, "transmit", 9)));

    public Board {
        pins = Map.copyOf(pins);
    }

    /// The board for a chip; none where open tools make no bitstream for it.
    public static Optional<Board> of(String target) {
        return ALL.stream().filter(board -> board.target().equals(target)).findFirst();
    }

    /// @throws CompileException if there is none
    public static Board require(String target) {
        return of(target)
                .orElseThrow(() -> new CompileException(
                        Code.FPGA_TOOL,
                        target,
                        "no tool that is free to use makes a bitstream for it",
                        "one is made for "
                                + String.join(
                                        ", ", ALL.stream().map(Board::target).toList())));
    }

    /// How many cycles each bit of the serial line takes.
    int cyclesPerBit() {
        return Math.toIntExact(clock / bitsPerSecond);
    }
}
