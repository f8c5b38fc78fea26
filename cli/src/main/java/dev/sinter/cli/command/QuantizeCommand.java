package dev.sinter.cli.command;

import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.input.Preparation;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.DeviceOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.option.PreparationOptions;
import dev.sinter.cli.option.QuantizationOptions;
import dev.sinter.cli.quantize.LabelledFeeds;
import dev.sinter.cli.quantize.QuantizationJob;
import dev.sinter.cli.quantize.QuantizationPrinter;
import dev.sinter.cli.quantize.QuantizationReport;
import dev.sinter.cli.run.Labels;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a network of 8-bit integers of one in floating point.
@Command(
        name = "quantize",
        customSynopsis = "sinter quantize MODEL --data [NAME=]PATH... --out FILE [OPTION]...",
        header = {"Makes a network of 8-bit integers of one in float32, and writes it as ONNX.", ""},
        description = {
            "",
            "Weights become integers as they are, activations by what they are on the data. QuantizeLinear and"
                    + " DequantizeLinear stand around what computes on integers. Tells of each layer how far it is from"
                    + " what it was: signal to noise in dB, over all layers before it and of its own rounding. The file"
                    + " is for any batch where the network allows it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter quantize samples/digits.onnx --data digits:1000 --out int8.onnx",
            "  sinter quantize model.onnx --data pictures/ --scale 1/255 --calibration mse --out int8.onnx",
            "  sinter quantize model.onnx --data t10k-images-idx3-ubyte.gz --labels t10k-labels-idx1-ubyte.gz \\",
            "      --batch 32 --keep conv1 --keep fc --out int8.onnx"
        })
public final class QuantizeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--data",
            paramLabel = "[NAME=]PATH",
            required = true,
            arity = "1..*",
            description =
                    "What to measure activations on: as the inputs of 'sinter run', or, without a name, a folder with"
                        + " a folder of pictures for each class, a folder with IDX files, or digits:COUNT, which are"
                        + " drawn.")
    private List<String> data = new ArrayList<>();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Class names, one per line; or an IDX file with the class of each sample, which tells how"
                    + " accurate the network is before and after.")
    private List<Path> labels = new ArrayList<>();

    @Option(
            names = "--test",
            paramLabel = "[NAME=]PATH",
            arity = "1..*",
            description = "What to measure accuracy on; --labels are then for these. Default: the data.")
    private List<String> test = new ArrayList<>();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "256",
            description = "How many of the data to measure activations on, evenly spread. Default: 256.")
    private long samples = 256;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write, which ends in .onnx.")
    private Path out = Path.of("");

    @Mixin
    private QuantizationOptions options = new QuantizationOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @ArgGroup(validate = false, heading = PreparationOptions.HEADING)
    private PreparationOptions preparation = new PreparationOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public QuantizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            throw new CompileException(
                    Code.OPTION, "--out", "found " + out + " but expected a file that ends in .onnx", null);
        }
        OutputFile.at(out);
        boolean quiet = common.quiet() || json;
        try (TraceFile trace = common.openTrace()) {
            Graph graph = model.read(trace);
            Preparation prepared = preparation.preparation();
            Labels known = Labels.read(labels);
            LabelledFeeds measured = LabelledFeeds.of(
                    graph, "--data", data, test.isEmpty() ? known : Labels.NONE, prepared, model.seed());
            // What is drawn for the test is not what was drawn to measure on.
            LabelledFeeds tested =
                    test.isEmpty() ? measured : LabelledFeeds.of(graph, "--test", test, known, prepared, ~model.seed());
            if (!test.isEmpty() && tested.labels().truth().isEmpty()) {
                throw new CompileException(
                        Code.OPTION,
                        "--test " + String.join(" ", test),
                        "is to measure accuracy on, but which classes these are is not known",
                        "give --labels an IDX file with the class of each, or a folder for each class");
            }
            Devices.Choice choice = device.choose(terminal, quiet);
            QuantizationReport report = new QuantizationJob(
                            model.name(),
                            model.file(),
                            graph,
                            measured,
                            tested,
                            samples,
                            choice.device(),
                            options.settings(),
                            out,
                            trace)
                    .run(terminal, quiet);
            if (json) {
                terminal.out().print(JsonFile.text(report));
            } else {
                new QuantizationPrinter(terminal).print(report);
            }
            return 0;
        }
    }
}
