package dev.sinter.backend.fpga;

import dev.sinter.ir.schedule.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// A board with a serial line that a design is made for.
///
/// @param name as people call it
/// @param target the hardware file of its chip
/// @param part as the tool that places and routes calls the chip
/// @param chipPackage as that calls it; empty where the part says it
/// @param clock how many cycles a second its oscillator makes
/// @param bitsPerSecond of its serial line
/// @param pins of the chip for the clock and the two ends of the serial line
public record Board(
        String name,
        String target,
        String part,
        String chipPackage,
        long clock,
        long bitsPerSecond,
        Map<String, String> pins) {
    private static final long SERIAL = 1_000_000;

    /// All that are known. Pins and clocks: the boards' schematics and constraint files.
    private static final List<Board> ALL = List.of(
            new Board("icebreaker", "lattice-ice40up5k", "up5k", "sg48", 12_000_000, SERIAL, pins("35", "6", "9")),
            ulx3s("25f", "25k"),
            ulx3s("45f", "45k"),
            ulx3s("85f", "85k"),
            arty("35t", "xc7a35ticsg324-1L"),
            arty("100t", "xc7a100tcsg324-1"));

    public Board {
        pins = Map.copyOf(pins);
    }

    private static Map<String, String> pins(String clock, String receive, String transmit) {
        return Map.of("clock", clock, "receive", receive, "transmit", transmit);
    }

    private static Board ulx3s(String size, String part) {
        return new Board(
                "ulx3s-" + size, "lattice-ecp5-" + size, part, "CABGA381", 25_000_000, SERIAL, pins("G2", "M1", "L4"));
    }

    private static Board arty(String size, String part) {
        return new Board(
                "arty-a7-" + size, "xilinx-artix7-" + size, part, "", 100_000_000, SERIAL, pins("E3", "A9", "D10"));
    }

    /// The board for a chip, if one is known.
    public static Optional<Board> of(String target) {
        return ALL.stream().filter(board -> board.target().equals(target)).findFirst();
    }

    /// How many cycles each bit of the serial line takes.
    int cyclesPerBit() {
        return Math.toIntExact(clock / bitsPerSecond);
    }

    /// How many cycles a second a chip makes, on a board if one is known.
    public static double clock(Optional<Board> board, Target target) {
        return board.map(known -> (double) known.clock()).orElse(target.clock());
    }

    /// How many frames a second the serial line carries, at most; none if it is not made for such a design.
    public OptionalDouble framesOverLine(Design design) {
        if (!HostProtocol.isFor(design)) {
            return OptionalDouble.empty();
        }
        HostProtocol protocol = new HostProtocol(design);
        long bytes = HostProtocol.bytesPerFrame(protocol.input()) + HostProtocol.bytesPerFrame(protocol.output());
        return OptionalDouble.of((double) bitsPerSecond / (HostProtocol.BITS_PER_BYTE * bytes));
    }
}
