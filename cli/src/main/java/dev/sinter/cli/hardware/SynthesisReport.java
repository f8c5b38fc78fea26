package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.Board;
import dev.sinter.backend.fpga.Fit;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.Use;
import dev.sinter.ir.graph.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `synthesize --json` prints.
///
/// @param board none where none is known that has the chip
/// @param cycles from one frame to the next
/// @param framesPerSecond at the clock, if the host keeps up
/// @param frequency that the longest path allows, in Hz; none where nothing was placed
/// @param clock of the board, or what designs for the chip reach, in Hz
/// @param cells what is used of the chip
/// @param estimated what of it was expected to be used, of the network alone
/// @param onHostBefore nodes of the network that the host computes before
/// @param onHostAfter those that it computes after
/// @param build a command that makes a bitstream where there are the tools for it; none where it was made
public record SynthesisReport(
        String model,
        String target,
        @Nullable String board,
        int kernels,
        long multipliers,
        long cycles,
        double framesPerSecond,
        @Nullable Double frequency,
        double clock,
        List<Use> cells,
        List<Use> estimated,
        List<String> onHostBefore,
        List<String> onHostAfter,
        @Nullable String build,
        List<String> files) {
    /// @param model as the user called it
    /// @param files in the folder
    public static SynthesisReport of(
            String model, ChosenChip chip, Hardware hardware, Fit fit, SynthesisOutcome outcome, List<String> files) {
        return new SynthesisReport(
                model,
                chip.name(),
                chip.board().map(Board::name).orElse(null),
                hardware.design().kernels(),
                hardware.design().multipliers(),
                fit.cycles(),
                fit.framesPerSecond(),
                outcome.frequency(),
                fit.clock(),
                outcome.uses(),
                fit.uses(),
                labels(hardware.core().before()),
                labels(hardware.core().after()),
                outcome.build(),
                files);
    }

    /// What people call nodes.
    public static List<String> labels(List<Node> nodes) {
        return nodes.stream().map(Node::label).toList();
    }
}
