package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.Board;
import dev.sinter.backend.fpga.Fit;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// The chip that hardware is made for, and how fast it is to be.
///
/// @param name of its device model
/// @param board that has it, if one is known
/// @param pace how many cycles a frame may take; none if it is to be as fast as the chip has room for
public record ChosenChip(String name, Target target, Optional<Board> board, OptionalLong pace) {
    /// @throws dev.sinter.ir.diag.CompileException if the network, or a layer of it, cannot become hardware
    public Hardware hardware(Graph graph, CompileOptions options) {
        return pace.isPresent()
                ? Hardware.of(graph, target, Folding.pace(pace.getAsLong()), options)
                : Hardware.fastest(graph, target, options);
    }

    /// What hardware takes of it, at the clock of the board.
    public Fit fit(Hardware hardware) {
        return at(Fit.of(hardware.design(), target));
    }

    /// The same at the clock of the board.
    public Fit at(Fit fit) {
        return fit.at(Board.clock(board, target));
    }

    /// Says what stays on the host, and that a pace is not kept if it is not.
    public void printAround(Terminal terminal, Hardware hardware) {
        HostNodes.print(terminal, hardware.core());
        if (pace.isPresent() && hardware.design().interval() > pace.getAsLong()) {
            terminal.out()
                    .println(String.format(
                            Locale.ROOT,
                            "no hardware for it keeps a pace of %,d cycles; this is the fastest that was found",
                            pace.getAsLong()));
        }
    }
}
