package dev.sinter.cli.command;

import dev.sinter.cli.bench.BenchChart;
import dev.sinter.cli.bench.BenchJob;
import dev.sinter.cli.bench.BenchPrinter;
import dev.sinter.cli.bench.BenchReport;
import dev.sinter.cli.bench.Turns;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.CompilerOptions;
import dev.sinter.cli.option.DeviceOptions;
import dev.sinter.cli.option.ModelsOptions;
import dev.sinter.cli.option.ScheduleOptions;
import dev.sinter.cli.option.TurnOptions;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.tune.TuningRemarks;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.schedule.ScheduleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Times networks on devices, in turn.
@Command(
        name = "bench",
        customSynopsis = "sinter bench MODEL... [--device DEVICE,DEVICE...] [OPTION]...",
        header = {"Times networks on devices, in turn.", ""},
        description = {
            "",
            "Devices take turns, each after a pause and one run that does not count, so that a machine whose speed"
                    + " changes is as fast for each of them. A run takes random inputs to the device, and the outputs"
                    + " back. Rates are held against what the device can do at best, measured in the same command: a"
                    + " loop of multiply-adds in registers, and a triad of vectors in memory. Results are held against"
                    + " the oracle first."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter bench zoo:resnet18",
            "  sinter bench zoo:resnet18 zoo:mobilenetv2 --device opencl,jvm --json bench.json --svg bench.svg",
            "  sinter bench model.onnx --device opencl --batch 16 --rounds 51 --layers",
            "  sinter bench model.onnx --schedule s.txt --no-check"
        })
public final class BenchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelsOptions models = new ModelsOptions();

    @Option(
            names = {"-d", "--device"},
            paramLabel = "DEVICE",
            split = ",",
            description = "One or several of: auto, a backend (opencl, jvm, tornado), an id (opencl:0), or part of a"
                    + " device's name; the others are compared with the first. Default: auto.")
    private List<String> devices = new ArrayList<>();

    @Mixin
    private TurnOptions turns = new TurnOptions();

    @Option(
            names = "--layers",
            description = "Tell kernels apart: what each takes, does and moves, and what a roofline allows.")
    private boolean layers;

    @Option(names = "--no-check", description = "Do not hold results against the oracle, which can take minutes.")
    private boolean unchecked;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all that was measured, each run included.")
    private @Nullable Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Write a chart.")
    private @Nullable Path svg;

    @Mixin
    private CompilerOptions compiler = new CompilerOptions();

    @Mixin
    private ScheduleOptions schedules = new ScheduleOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<OutputFile> jsonFile = Optional.ofNullable(json).map(OutputFile::at);
        Optional<OutputFile> svgFile = Optional.ofNullable(svg).map(OutputFile::at);
        Turns wanted = turns.turns();
        compiler.check();
        try (TraceFile trace = common.openTrace()) {
            ScheduleFile written = schedules.read();
            if (written != ScheduleFile.NONE && models.names().size() > 1) {
                throw new CompileException(
                        Code.OPTION,
                        "--schedule",
                        "is for the steps of one network but " + models.names().size() + " are given",
                        "give one MODEL");
            }
            Map<String, Graph> graphs = new LinkedHashMap<>();
            models.names().forEach(name -> graphs.put(name, models.read(name, trace)));
            TuningRemarks remarks = new TuningRemarks(terminal, common.quiet());
            Map<Device, CompileOptions> on = new LinkedHashMap<>();
            chosen().forEach(device ->
                    on.put(device, compiler.options(trace, device, remarks).withSchedules(written)));
            BenchReport report =
                    new BenchJob(graphs, on, wanted, !unchecked, layers, models.seed()).run(terminal, common.quiet());
            jsonFile.ifPresent(file -> JsonFile.write(file, report));
            svgFile.ifPresent(file -> file.write(BenchChart.of(report)));
            new BenchPrinter(terminal).print(report);
            return report.passed() ? 0 : 1;
        }
    }

    private List<Device> chosen() {
        Map<String, Device> chosen = new LinkedHashMap<>();
        for (String name : devices.isEmpty() ? List.of(Devices.AUTO) : devices) {
            Devices.Choice choice = Devices.installed().choose(name.strip());
            if (chosen.putIfAbsent(choice.device().id(), choice.device()) != null) {
                throw new CompileException(
                        Code.OPTION,
                        "--device",
                        "'" + name + "' is " + choice.device().id() + ", which is there already",
                        "name each device once");
            }
            DeviceOptions.tell(choice, terminal, common.quiet());
        }
        return List.copyOf(chosen.values());
    }
}
