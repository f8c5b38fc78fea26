package dev.sinter.cli.hardware;

import dev.sinter.backend.fpga.Board;
import dev.sinter.backend.fpga.Design;
import dev.sinter.backend.fpga.Project;
import dev.sinter.backend.fpga.Synthesis;
import dev.sinter.backend.fpga.Use;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What tools made of a design: a bitstream where there are some that do, else a project folder.
///
/// @param uses of what the chip has
/// @param frequency that the longest path allows, in Hz; none where nothing was placed
/// @param bitstream the file, if there is one
/// @param build a command that makes it where it can be made, if it was not
public record SynthesisOutcome(
        List<Use> uses,
        @Nullable Double frequency,
        @Nullable String bitstream,
        @Nullable String build) {
    /// @param folder for all files
    /// @param progress hears what is done now
    /// @throws dev.sinter.ir.diag.CompileException if a tool is missing or fails, or the design does not fit
    public static SynthesisOutcome of(Design design, ChosenChip chip, Path folder, Consumer<String> progress) {
        Optional<Board> board = chip.board();
        if (board.isPresent() && Synthesis.makesBitstreams(chip.target())) {
            Synthesis.Result result = Synthesis.run(design, chip.target(), board.get(), folder, progress);
            return new SynthesisOutcome(result.uses(), result.frequency(), result.bitstream(), null);
        }
        Project.Result result = Project.write(design, chip.target(), board, folder, progress);
        return new SynthesisOutcome(result.uses(), null, null, result.command().orElse(null));
    }
}
