package dev.sinter.cli.option;

import dev.sinter.backend.fpga.Board;
import dev.sinter.backend.fpga.Fit;
import dev.sinter.cli.hardware.ChosenChip;
import dev.sinter.hardware.HardwareConfig;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// For which chip hardware is made, and how fast it is to be.
public final class FpgaOptions {
    @Option(
            names = "--target",
            paramLabel = "HARDWARE",
            required = true,
            description =
                    "The chip: a device model that comes with Sinter, such as lattice-ice40up5k, or a hardware file"
                            + " (.yaml).")
    private String target = "";

    @Option(
            names = "--pace",
            paramLabel = "CYCLES",
            description = "How many cycles a frame may take: each kernel gets the fewest multipliers that keep it."
                    + " Default: the fastest pace that the chip has room for.")
    private @Nullable Long pace;

    /// @throws CompileException if there is no such device model, a file is wrong, or nothing is known of the chip's
    ///     cells; if the pace is less than one cycle
    public ChosenChip chip() {
        if (pace != null && pace < 1) {
            throw new CompileException(Code.OPTION, "--pace", pace + " must be at least 1", null);
        }
        HardwareConfig chip = TargetOptions.read(target);
        Fit.require(chip.target());
        return new ChosenChip(
                chip.name(),
                chip.target(),
                Board.of(chip.name()),
                pace == null ? OptionalLong.empty() : OptionalLong.of(pace));
    }
}
