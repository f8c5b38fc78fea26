package dev.sinter.cli.command;

import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.DeviceOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.tune.TuningDisplay;
import dev.sinter.cli.tune.TuningFolder;
import dev.sinter.cli.tune.TuningStore;
import dev.sinter.cli.verify.RandomInputs;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.tune.Contest;
import dev.sinter.ir.tune.Tuner;
import dev.sinter.ir.tune.TuningOutcome;
import dev.sinter.ir.tune.TuningResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Finds the fastest schedules of a network on a device.
@Command(
        name = "tune",
        customSynopsis = "sinter tune MODEL --minutes N [OPTION]...",
        header = {"Finds the fastest schedules by measuring, and keeps them.", ""},
        description = {
            "",
            "Of each kernel the schedules that the compiler thinks best are run in turn with its choice; one that is"
                    + " faster twice, and computes what the oracle does, is kept at once. Other commands use what is"
                    + " kept, for every network that has the same kernel. The same command goes on where it stopped."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter tune model.onnx --minutes 10",
            "  sinter tune zoo:resnet18 --minutes 30 --device opencl --top 30 --out resnet18.tuning",
            "  sinter run model.onnx --input cat.jpg --tuning resnet18.tuning"
        })
public final class TuneCommand implements Callable<Integer> {
    private static final double MOST_MINUTES = 60 * 24 * 30;

    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            required = true,
            description = "How long to measure; what takes most of the time comes first.")
    private double minutes;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Where to keep schedules; what the file has stays. Default: a file for the device in the"
                    + " user's cache folder, where other commands look.")
    private @Nullable Path out;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "12",
            description = "Measure the K schedules of each kernel that are thought best. Default: 12.")
    private int top;

    @Option(names = "--again", description = "Measure kernels that the file has a schedule for, too.")
    private boolean again;

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public TuneCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireSense();
        try (TraceFile trace = common.openTrace()) {
            Graph graph = model.read(trace);
            Device chosen = device.choose(terminal, common.quiet()).device();
            TuningStore store = out == null
                    ? TuningStore.inFolder(TuningFolder.file(chosen), chosen.tunedDevice())
                    : TuningStore.at(out, chosen.tunedDevice());
            Duration time = Duration.ofMillis((long) (minutes * 60_000));
            long start = System.nanoTime();
            TuningResult result;
            try (TuningDisplay display =
                    new TuningDisplay(terminal, common.quiet(), chosen.target().peakFlops(), time)) {
                result = Tuner.tune(
                        graph,
                        chosen,
                        RandomInputs.of(graph.inputs(), model.seed()),
                        new Tuner.Settings(time, top, again, CompileOptions.DEFAULT.withTrace(trace)),
                        store.known(),
                        store::keep,
                        display);
            }
            print(result, chosen, store, (System.nanoTime() - start) * 1e-9);
            return 0;
        }
    }

    private void requireSense() {
        if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
            throw new CompileException(
                    Code.OPTION, "--minutes", minutes + " must be above 0 and at most " + (long) MOST_MINUTES, null);
        }
        if (top < 1) {
            throw new CompileException(Code.OPTION, "--top", top + " must be at least 1", null);
        }
    }

    private void print(TuningResult result, Device chosen, TuningStore store, double seconds) {
        if (result.tasks() == 0) {
            terminal.out()
                    .println("every kernel of " + model.name() + " has a schedule in " + store.path()
                            + "; --again measures them again");
            return;
        }
        long faster = result.outcomes().stream().filter(TuningOutcome::isFaster).count();
        terminal.out()
                .println(Quantity.of(result.tasks() - result.left(), "kernel") + " of " + model.name() + " measured on "
                        + chosen.id() + " in " + Quantity.seconds(seconds) + ": " + faster
                        + " faster by another schedule");
        result.network().ifPresent(this::network);
        if (result.left() > 0) {
            terminal.out().println(Quantity.of(result.left(), "kernel") + " left: the same command goes on with them");
        }
        terminal.out().println("kept in " + store.path());
    }

    private void network(Contest.Round network) {
        terminal.out()
                .println("the whole network takes " + Quantity.seconds(network.challenger()) + ", and took "
                        + Quantity.seconds(network.incumbent())
                        + (network.isWon() ? "" : "; that is no more than measurements differ"));
    }
}
