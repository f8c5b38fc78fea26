package dev.sinter.cli.option;

import dev.sinter.cli.file.PathText;
import dev.sinter.hardware.HardwareConfig;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.schedule.Target;
import java.nio.file.Files;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// What to compile for: a device that is here, or the model of one that is elsewhere.
public final class TargetOptions {
    @ArgGroup
    private Choice choice = new Choice();

    /// At most one of the two.
    private static final class Choice {
        @Option(
                names = {"-d", "--device"},
                paramLabel = "DEVICE",
                description =
                        "Compile for a device of this machine: auto, a backend, an id, or part of a name. Default:"
                                + " auto.")
        private @Nullable String device;

        @Option(
                names = "--target",
                paramLabel = "HARDWARE",
                description = "Compile for a device that is elsewhere: a device model that comes with Sinter, such as"
                        + " xilinx-vu9p, or a hardware file (.yaml).")
        private @Nullable String target;
    }

    /// What is compiled for.
    ///
    /// @param name of the device or device model, as the user chose it
    /// @param backend that of the device; `opencl` for a device model
    /// @param device empty for a device model
    public record Chosen(String name, String why, String backend, Target target, Optional<Device> device) {}

    /// @throws dev.sinter.ir.diag.CompileException if there is no such device or device model
    public Chosen choose() {
        String wanted = choice.target;
        if (wanted != null) {
            return new Chosen(wanted, "it was asked for", "opencl", read(wanted).target(), Optional.empty());
        }
        Devices.Choice device = Devices.installed().choose(choice.device == null ? Devices.AUTO : choice.device);
        Device found = device.device();
        return new Chosen(
                found.id() + " (" + found.name() + ")",
                device.why(),
                found.backend(),
                found.target(),
                Optional.of(found));
    }

    /// The model of that name, or the one in a file.
    static HardwareConfig read(String wanted) {
        boolean file = wanted.endsWith(".yaml") || Files.exists(PathText.parse(wanted));
        return file
                ? HardwareConfigs.read(PathText.parse(wanted)).all().getFirst()
                : HardwareConfigs.bundled().named(wanted);
    }
}
