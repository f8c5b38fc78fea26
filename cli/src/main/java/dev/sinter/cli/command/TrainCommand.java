package dev.sinter.cli.command;

import dev.sinter.cli.file.ModelFile;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.DeviceOptions;
import dev.sinter.cli.option.MemoryOptions;
import dev.sinter.cli.option.TrainingOptions;
import dev.sinter.cli.terminal.Printable;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.train.ConfusionTable;
import dev.sinter.cli.train.DataSource;
import dev.sinter.cli.train.TrainableModel;
import dev.sinter.cli.train.TrainingDisplay;
import dev.sinter.cli.train.TrainingFiles;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import dev.sinter.training.Evaluation;
import dev.sinter.training.Scores;
import dev.sinter.training.Settings;
import dev.sinter.training.Trained;
import dev.sinter.training.Trainer;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.FramedDataset;
import dev.sinter.training.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Trains a network and writes it as ONNX.
@Command(
        name = "train",
        customSynopsis = "sinter train MODEL --data DATA [OPTION]...",
        header = {"Trains a network on images and writes it as ONNX.", ""},
        description = {
            "",
            "Forward pass, gradients and the optimiser's step are one network, compiled for the device like any other."
                    + " The trained model takes pixels from 0 to 255. Its parameters are those of the best epoch."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter train lenet5 --data digits --epochs 5 --out model.onnx",
            "  sinter train lenet5 --data mnist/ --test-share 0.2 --augment --curve loss.svg --out model.onnx",
            "  sinter train model.onnx --data pictures/ --initialise keep --checkpoint run.ckpt --resume"
        })
public final class TrainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "MODEL",
            description = "A known network such as lenet5, an ONNX file, or IR text (.sir). Its last layer gets one"
                    + " output per class.")
    private String model = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DATA",
            description = "A folder with a folder of pictures for each class, a folder with IDX files, an IDX file of"
                    + " images with one of labels beside it, or digits:COUNT, which are drawn.")
    private String data = "";

    @Option(names = "--test", paramLabel = "DATA", description = "Data to test on after each epoch and at the end.")
    private @Nullable String test;

    @Option(
            names = "--test-share",
            paramLabel = "SHARE",
            description = "The share of the data to test on, not to train on. Default without --test: 0.1.")
    private @Nullable Double testShare;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where to write the trained model, as ONNX.")
    private @Nullable Path out;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Where training stands is written here after each epoch. A file that is there already is"
                    + " replaced only by a training that goes on from it, see --resume.")
    private @Nullable Path checkpoint;

    @Option(names = "--resume", description = "Go on from the checkpoint, if there is one, up to --epochs in all.")
    private boolean resume;

    @Option(names = "--log", paramLabel = "FILE", description = "Write a line per epoch as CSV, as epochs end.")
    private @Nullable Path log;

    @Option(names = "--curve", paramLabel = "FILE", description = "Draw the loss as SVG, anew after each epoch.")
    private @Nullable Path curve;

    @Mixin
    private TrainingOptions options = new TrainingOptions();

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Mixin
    private MemoryOptions memory = new MemoryOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings = options.settings();
        Optional<OutputFile> modelFile = Optional.ofNullable(out).map(OutputFile::at);
        Optional<OutputFile> logFile = Optional.ofNullable(log).map(OutputFile::at);
        Optional<OutputFile> curveFile = Optional.ofNullable(curve).map(OutputFile::at);
        Optional.ofNullable(checkpoint).ifPresent(OutputFile::at);
        requireSenseOfOptions();

        TrainableModel given = TrainableModel.of(model, settings.seed(), options.initialiser());
        Split split = split(given);
        TrainableModel network = given.forClasses(split.training().classes().size(), settings.seed());
        Devices.Choice choice = device.choose(terminal, common.quiet());
        TrainingFiles files = new TrainingFiles(
                logFile,
                curveFile,
                network.name() + " on " + data + ", " + choice.device().name());
        Trained trained;
        try (TrainingDisplay display = new TrainingDisplay(terminal, common.quiet(), settings.epochs())) {
            Trainer trainer = Trainer.of(network::batched, choice.device(), settings)
                    .validatedOn(split.test())
                    .heardBy(display)
                    .heardBy(files);
            Optional.ofNullable(checkpoint).ifPresent(file -> trainer.savedTo(file, resume));
            trained = trainer.train(split.training());
        }
        Graph single = trained.applyTo(network.batched(1));
        modelFile.ifPresent(file -> ModelFile.write(single, file.path()));
        Scores scores = test(trained, network, split.test(), choice.device());
        terminal.out()
                .println("best epoch: " + trained.best().epoch() + " of "
                        + trained.epochs().size());
        ConfusionTable.print(terminal, scores);
        modelFile.ifPresent(file -> terminal.out().println("wrote " + file.path()));
        return 0;
    }

    private void requireSenseOfOptions() {
        if (resume && checkpoint == null) {
            throw new CompileException(
                    Code.OPTION, "--resume", "there is no checkpoint to go on from", "name it by --checkpoint");
        }
        if (checkpoint != null && !resume && Files.exists(checkpoint)) {
            throw new CompileException(
                    Code.OPTION,
                    "--checkpoint " + checkpoint,
                    "is there already, and a training from its beginning would replace it",
                    "--resume goes on from it; else name another file, or remove this one");
        }
        if (test != null && testShare != null) {
            throw new CompileException(
                    Code.OPTION, "--test-share", "has no use beside --test, which names the data to test on", null);
        }
    }

    private Split split(TrainableModel network) {
        Dataset all = read(data, network, options.seed());
        if (test != null) {
            // What is drawn for the test is not what was drawn to train on.
            return new Split(all, read(test, network, ~options.seed()));
        }
        return Split.shuffled(all, testShare == null ? 0.1 : testShare, options.seed());
    }

    private Dataset read(String text, TrainableModel network, long seed) {
        Dataset read = terminal.during(
                "reading " + text,
                () -> new DataSource(text)
                        .read(
                                network.image(),
                                network.classes(),
                                seed,
                                complaint -> terminal.err()
                                        .println(Printable.message("left out: " + complaint.getMessage()))));
        return FramedDataset.of(read, network.image());
    }

    private static Scores test(Trained trained, TrainableModel network, Dataset data, Device device) {
        int batch = Math.min(64, data.size());
        try (Evaluation evaluation = Evaluation.on(device, network.batched(batch), batch)) {
            return evaluation.of(data, trained.parameters());
        }
    }
}
