package dev.sinter.cli.command;

import dev.sinter.backend.fpga.Board;
import dev.sinter.backend.fpga.Design;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.HostProtocol;
import dev.sinter.backend.fpga.Synthesis;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.hardware.SynthesisFolder;
import dev.sinter.cli.hardware.SynthesisReport;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.FolderOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.plan.Folding;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a bitstream of a network of 8-bit integers.
@Command(
        name = "synthesize",
        customSynopsis = "sinter synthesize MODEL --target HARDWARE --out DIR [OPTION]...",
        header = {"Makes an FPGA's bitstream of a network of 8-bit integers.", ""},
        description = {
            "",
            "Its kernels become Verilog; yosys, nextpnr-ice40 and icepack make a bitstream of that. The board takes"
                    + " frames over a serial line and answers with results. DIR gets the Verilog, the bitstream, the"
                    + " bytes to send first (load.bin), and a frame with the answer that the board must give"
                    + " (request.bin, answer.bin)."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter synthesize lenet5-int8.onnx --target lattice-ice40up5k --out build/",
            "  sinter synthesize lenet5-int8.onnx --target lattice-ice40up5k --pace 100000 --out slow/",
            "'sinter quantize' makes such a network."
        })
public final class SynthesizeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--target",
            paramLabel = "HARDWARE",
            required = true,
            description = "The chip: a device model that comes with Sinter, such as lattice-ice40up5k.")
    private String target = "";

    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(
            names = "--pace",
            paramLabel = "CYCLES",
            description = "How many cycles a frame may take: each kernel gets the fewest multipliers that keep it."
                    + " Default: the fastest pace that the chip has multipliers for.")
    private @Nullable Long pace;

    @Option(names = "--json", description = "Print what came of it as JSON.")
    private boolean json;

    @Mixin
    private CommonOptions common = new CommonOptions();

    public SynthesizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (pace != null && pace < 1) {
            throw new CompileException(Code.OPTION, "--pace", pace + " must be at least 1", null);
        }
        Path out = folder.requireWritable();
        Target chip = HardwareConfigs.bundled().named(target).target();
        Board board = Board.require(target);
        try (TraceFile trace = common.openTrace()) {
            Hardware hardware = hardware(chip, trace);
            if (speaks()) {
                summarize(hardware, board);
            }
            try (SynthesisFolder aside = SynthesisFolder.beside(out)) {
                Synthesis.Result result = Synthesis.run(hardware.design(), board, aside.path(), this::progress);
                selfTest(hardware, aside.path());
                print(SynthesisReport.of(model.name(), hardware, board, result, aside.finish()), result, out);
            } catch (UncheckedIOException failure) {
                throw SynthesisFolder.fault(out, Objects.requireNonNull(failure.getCause()));
            }
            return 0;
        }
    }

    private Hardware hardware(Target chip, TraceFile trace) {
        Graph graph = model.read(trace);
        CompileOptions options = CompileOptions.DEFAULT.withTrace(trace);
        return pace == null
                ? Hardware.fastest(graph, chip, options)
                : Hardware.of(graph, chip, Folding.pace(pace), options);
    }

    private boolean speaks() {
        return !common.quiet() && !json;
    }

    private void progress(String what) {
        if (speaks()) {
            terminal.out().println(what + " ...");
            terminal.out().flush();
        }
    }

    private void summarize(Hardware hardware, Board board) {
        Design design = hardware.design();
        terminal.out()
                .println(String.format(
                        Locale.ROOT,
                        "%s on %s (%s): %s, %s, %,d cycles a frame",
                        model.name(),
                        board.target(),
                        board.name(),
                        Quantity.of(design.kernels(), "kernel"),
                        Quantity.of(design.multipliers(), "multiplier"),
                        design.interval()));
        host("before", hardware.core().before());
        host("after", hardware.core().after());
    }

    private void host(String when, List<Node> nodes) {
        if (!nodes.isEmpty()) {
            terminal.out().println("on the host " + when + ": " + String.join(", ", SynthesisReport.labels(nodes)));
        }
    }

    /// A frame, and what the oracle says to it.
    private void selfTest(Hardware hardware, Path folder) {
        HostProtocol protocol = new HostProtocol(hardware.design());
        Design.Stream stream = hardware.design().inputs().getFirst();
        Value input = stream.tensor();
        Value output = hardware.design().outputs().getFirst().tensor();
        Tensor frame = RandomTensors.integers(
                input.type(), stream.range().lo(), stream.range().hi(), model.seed());
        Map<String, Tensor> answer = Interpreter.run(hardware.core().network(), Map.of(input.name(), frame));
        try {
            Files.write(folder.resolve("request.bin"), protocol.request(frame));
            Files.write(
                    folder.resolve("answer.bin"), protocol.answer(Expect.present(answer.get(output.name()), output)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void print(SynthesisReport report, Synthesis.Result result, Path out) {
        if (json) {
            terminal.out().print(JsonFile.text(report));
            return;
        }
        if (common.quiet()) {
            return;
        }
        result.used()
                .forEach((name, use) -> terminal.out()
                        .println(String.format(Locale.ROOT, "%-14s %,6d of %,6d", name, use.used(), use.available())));
        terminal.out()
                .println(String.format(
                        Locale.ROOT,
                        "the longest path allows %.1f MHz, the clock has %.1f MHz: %.0f frames a second",
                        report.frequency() / 1e6,
                        report.clock() / 1e6,
                        report.framesPerSecond()));
        terminal.out().println("wrote " + out.resolve(result.bitstream()));
        terminal.out().println("to the board: openFPGALoader -b ice40_generic " + out.resolve(result.bitstream()));
        terminal.out()
                .println("then over its serial line: " + out.resolve(result.load())
                        + " once, for each frame what request.bin is for one, to which it answers answer.bin");
    }
}
