package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.Board;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.Synthesis;
import dev.sinter.ir.graph.Node;
import java.util.List;
import java.util.Map;

/// What `synthesize --json` prints.
///
/// @param cycles from one frame to the next
/// @param framesPerSecond at the clock of the board, if the host keeps up
/// @param frequency that the longest path allows, in Hz
/// @param clock of the board, in Hz
/// @param onHostBefore nodes of the network that the host computes before
/// @param onHostAfter those that it computes after
public record SynthesisReport(
        String model,
        String target,
        String board,
        int kernels,
        long multipliers,
        long cycles,
        double framesPerSecond,
        double frequency,
        long clock,
        Map<String, Synthesis.Use> cells,
        List<String> onHostBefore,
        List<String> onHostAfter,
        List<String> files) {
    /// @param model as the user called it
    /// @param files in the folder
    public static SynthesisReport of(
            String model, Hardware hardware, Board board, Synthesis.Result result, List<String> files) {
        return new SynthesisReport(
                model,
                board.target(),
                board.name(),
                hardware.design().kernels(),
                hardware.design().multipliers(),
                hardware.design().interval(),
                (double) board.clock() / hardware.design().interval(),
                result.frequency(),
                board.clock(),
                result.cells(),
                labels(hardware.core().before()),
                labels(hardware.core().after()),
                files);
    }

    /// What people call nodes.
    public static List<String> labels(List<Node> nodes) {
        return nodes.stream().map(Node::label).toList();
    }
}
