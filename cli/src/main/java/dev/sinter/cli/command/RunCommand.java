package dev.sinter.cli.command;

import dev.sinter.cli.file.FolderName;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.input.Feeds;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.DeviceOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.option.PrecisionOption;
import dev.sinter.cli.option.PreparationOptions;
import dev.sinter.cli.option.ScheduleOptions;
import dev.sinter.cli.option.TuningOptions;
import dev.sinter.cli.run.Labels;
import dev.sinter.cli.run.PredictionFile;
import dev.sinter.cli.run.RunJob;
import dev.sinter.cli.run.RunPrinter;
import dev.sinter.cli.run.RunReport;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.tune.TuningRemarks;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.schedule.ScheduleFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a network on pictures or arrays.
@Command(
        name = "run",
        customSynopsis = "sinter run MODEL --input [NAME=]PATH... [OPTION]...",
        header = {"Runs a network on pictures or arrays.", ""},
        description = {
            "",
            "Pictures are resized and coloured as the network takes them, and turned as the camera's note of which side"
                    + " is up says; colour profiles are not applied. A network whose one output is [N,classes] is"
                    + " taken for a classifier."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter run model.onnx --input cat.jpg --scale 1/255 --labels names.txt",
            "  sinter run model.onnx --input pictures/ --resize 256 --order BGR --mean 103.9,116.8,123.7",
            "  sinter run mnist.onnx --input t10k-images-idx3-ubyte.gz --labels t10k-labels-idx1-ubyte.gz \\",
            "      --scale 1/255 --mean 0.1307 --std 0.3081 --device opencl --report report.json",
            "  sinter run model.onnx --input left=a.npy --input right=b.npy --save-outputs results/",
            "  sinter run zoo:resnet18 --input cat.jpg --batch 8 --compare"
        })
public final class RunCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = {"-i", "--input"},
            paramLabel = "[NAME=]PATH",
            required = true,
            arity = "1..*",
            description =
                    "What to run it on: pictures (PNG, JPEG, BMP, GIF), folders of them, .npy arrays, .pb tensors of"
                            + " ONNX, IDX files, gzipped or not. NAME= says for which input, if there are several.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Class names, one per line; or an IDX file with the class of each input, which tells how many"
                    + " the network gets right.")
    private List<Path> labels = new ArrayList<>();

    @Option(
            names = "--top",
            paramLabel = "K",
            description =
                    "Print the K best classes of each input; 0 treats the network as no classifier. Default: 5 for"
                            + " up to 20 inputs, else none.")
    private @Nullable Integer top;

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Mixin
    private TuningOptions tuning = new TuningOptions();

    @Mixin
    private PrecisionOption precision = new PrecisionOption();

    @Mixin
    private ScheduleOptions schedules = new ScheduleOptions();

    @ArgGroup(validate = false, heading = PreparationOptions.HEADING)
    private PreparationOptions preparation = new PreparationOptions();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write the predictions: .csv or .json.")
    private @Nullable Path out;

    @Option(
            names = "--save-outputs",
            paramLabel = "DIR",
            description = "Write each output as a .npy array, one row per input.")
    private @Nullable Path saveOutputs;

    @Option(names = "--report", paramLabel = "FILE", description = "Write device, times and results as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--compare",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "1",
            description = "Hold every layer against the oracle for the first N inputs, 1 if N is not given.")
    private @Nullable Long compare;

    @Mixin
    private CommonOptions common = new CommonOptions();

    public RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<PredictionFile> predictions = Optional.ofNullable(out).map(PredictionFile::at);
        Optional<Path> outputFolder = Optional.ofNullable(saveOutputs);
        outputFolder.ifPresent(folder -> FolderName.requireWritable(folder, true));
        Optional<OutputFile> reportFile = Optional.ofNullable(report).map(OutputFile::at);
        try (TraceFile trace = common.openTrace()) {
            tuning.check();
            ScheduleFile written = schedules.read();
            Graph graph = model.read(trace);
            Feeds feeds = Feeds.of(graph, inputs, preparation.preparation());
            Labels known = Labels.read(labels);
            Devices.Choice choice = device.choose(terminal, common.quiet());
            RunJob job = new RunJob(
                    model.name(),
                    graph,
                    feeds,
                    known,
                    choice,
                    top == null ? OptionalInt.empty() : OptionalInt.of(top),
                    predictions.isPresent(),
                    outputFolder,
                    Optional.ofNullable(compare),
                    tuning.in(
                            CompileOptions.DEFAULT
                                    .withSchedules(written)
                                    .withPrecision(precision.chosen())
                                    .withTrace(trace),
                            choice.device(),
                            new TuningRemarks(terminal, common.quiet())));
            RunReport result = job.run(terminal, common.quiet());
            predictions.ifPresent(
                    file -> file.write(Optional.ofNullable(result.predictions()).orElse(List.of())));
            reportFile.ifPresent(file -> JsonFile.write(file, result.withoutPredictions()));
            new RunPrinter(terminal, common.quiet()).print(result, job.printsPredictions());
            return result.sound() ? 0 : 1;
        }
    }
}
