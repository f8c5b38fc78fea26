package dev.sinter.cli.command;

import dev.sinter.cli.device.DeviceReport;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.exec.Devices;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Lists what networks can be run on.
@Command(
        name = "devices",
        customSynopsis = "sinter devices [OPTION]...",
        header = {"Lists the devices of all backends, and what Sinter takes them to be.", ""},
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  sinter devices", "  sinter devices --json"})
public final class DevicesCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private CommonOptions common = new CommonOptions();

    public DevicesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        DeviceReport report = DeviceReport.of(Devices.installed());
        if (json) {
            terminal.out().print(JsonFile.text(report));
        } else {
            report.print(terminal, common.quiet());
        }
        return 0;
    }
}
