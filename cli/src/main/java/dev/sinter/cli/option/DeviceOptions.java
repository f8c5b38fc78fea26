package dev.sinter.cli.option;

import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.exec.Devices;
import picocli.CommandLine.Option;

/// Which device runs the network.
public final class DeviceOptions {
    @Option(
            names = {"-d", "--device"},
            paramLabel = "DEVICE",
            defaultValue = Devices.AUTO,
            description =
                    "auto, a backend (opencl, jvm), an id (opencl:0), or part of a device's name; 'sinter devices'"
                            + " lists them. auto takes a GPU, else another OpenCL device, else the JVM. Default: auto.")
    private String device = Devices.AUTO;

    /// @throws dev.sinter.ir.diag.CompileException if there is no such device
    public Devices.Choice choose() {
        return Devices.installed().choose(device);
    }

    /// As above; says what was chosen and why unless `quiet`.
    public Devices.Choice choose(Terminal terminal, boolean quiet) {
        Devices.Choice choice = choose();
        if (!quiet) {
            terminal.err()
                    .println("device: " + choice.device().id() + " ("
                            + choice.device().name() + "): " + choice.why());
        }
        return choice;
    }
}
