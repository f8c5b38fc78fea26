package dev.sinter.cli.option;

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

    /// @throws CompileException if there is no such device model, or a file is wrong
    public HardwareConfig chip() {
        return TargetOptions.read(target);
    }

    /// None if it is to be as fast as the chip has room for.
    ///
    /// @throws CompileException if it is less than one cycle
    public OptionalLong pace() {
        if (pace == null) {
            return OptionalLong.empty();
        }
        if (pace < 1) {
            throw new CompileException(Code.OPTION, "--pace", pace + " must be at least 1", null);
        }
        return OptionalLong.of(pace);
    }
}
