package dev.sinter.cli.option;

import dev.sinter.backend.tornado.TornadoForm;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.exec.Devices;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which device runs the network.
public final class DeviceOptions {
    @Option(
            names = {"-d", "--device"},
            paramLabel = "DEVICE",
            defaultValue = Devices.AUTO,
            description =
                    "auto, a backend (opencl, jvm, tornado), an id (opencl:0), or part of a device's name; 'sinter"
                            + " devices' lists them. auto takes a GPU, else another OpenCL device, else the JVM."
                            + " Default: auto.")
    private String device = Devices.AUTO;

    @Option(
            names = "--tornado-form",
            paramLabel = "FORM",
            description =
                    "How TornadoVM gets kernels: as bytecode, which it compiles, or prebuilt, as OpenCL C for CPUs."
                            + " Default: prebuilt for CPUs, else bytecode.")
    private @Nullable String form;

    /// @throws dev.sinter.ir.diag.CompileException if there is no such device
    public Devices.Choice choose() {
        if (form != null) {
            TornadoForm.choose(form);
        }
        return Devices.installed().choose(device);
    }

    /// As above; says what was chosen and why unless `quiet`.
    public Devices.Choice choose(Terminal terminal, boolean quiet) {
        Devices.Choice choice = choose();
        tell(choice, terminal, quiet);
        return choice;
    }

    /// Says what was chosen and why unless `quiet`.
    public static void tell(Devices.Choice choice, Terminal terminal, boolean quiet) {
        if (!quiet) {
            terminal.err()
                    .println("device: " + choice.device().id() + " ("
                            + choice.device().name() + "): " + choice.why());
        }
    }
}
