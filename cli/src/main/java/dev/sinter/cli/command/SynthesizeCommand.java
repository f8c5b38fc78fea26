package dev.sinter.cli.command;

import dev.sinter.backend.fpga.Board;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.HostProtocol;
import dev.sinter.backend.fpga.Synthesis;
import dev.sinter.cli.file.FolderName;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.hardware.SynthesisFolder;
import dev.sinter.cli.hardware.SynthesisReport;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.hardware.HardwareConfigs;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Graph;
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
import java.util.concurrent.Callable;
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

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            required = true,
            description = "The folder to write to; it is made if it is not there, and must hold nothing.")
    private Path out = Path.of("");

    @Option(names = "--force", description = "Write into a folder that holds something, over files of the same names.")
    private boolean force;

    @Option(
            names = "--pace",
            paramLabel = "CYCLES",
            description = "How many cycles a frame may take: each kernel gets the fewest multipliers that keep it."
                    + " Default: the fastest pace that the chip has multipliers for.")
    private long pace;

    @Option(names = "--json", description = "Print what came of it as JSON.")
    private boolean json;

    @Mixin
    private CommonOptions common = new CommonOptions();

    public SynthesizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (pace < 0) {
            throw new CompileException(Code.OPTION, "--pace", pace + " must be at least 1", null);
        }
        FolderName.requireWritable(out, force);
        Target chip = HardwareConfigs.bundled().named(target).target();
        Board board = Board.require(target);
        try (TraceFile trace = common.openTrace()) {
            Graph graph = model.read(trace);
            CompileOptions options = CompileOptions.DEFAULT.withTrace(trace);
            Hardware hardware = pace == 0
                    ? Hardware.fastest(graph, chip, options)
                    : Hardware.of(graph, chip, Folding.pace(pace), options);
            if (!common.quiet() && !json) {
                terminal.out().println(summary(hardware, board));
                host(
                        "before",
                        hardware.core().before().stream()
                                .map(node -> node.label())
                                .toList());
                host(
                        "after",
                        hardware.core().after().stream()
                                .map(node -> node.label())
                                .toList());
                terminal.out().flush();
            }
            try (SynthesisFolder folder = SynthesisFolder.beside(out)) {
                Synthesis.Result result = Synthesis.run(hardware.design(), board, folder.path(), this::progress);
                selfTest(hardware, folder.path());
                List<String> files = folder.finish();
                print(SynthesisReport.of(model.name(), hardware, board, result, files), result);
            }
            return 0;
        }
    }

    private void progress(String what) {
        if (!common.quiet() && !json) {
            terminal.out().println(what + " ...");
            terminal.out().flush();
        }
    }

    private String summary(Hardware hardware, Board board) {
        return String.format(
                Locale.ROOT,
                "%s on %s (%s): %s, %s, %,d cycles a frame",
                model.name(),
                board.target(),
                board.name(),
                Quantity.of(hardware.design().kernels(), "kernel"),
                Quantity.of(hardware.design().multipliers(), "multiplier"),
                hardware.design().interval());
    }

    private void host(String when, List<String> nodes) {
        if (!nodes.isEmpty()) {
            terminal.out().println("on the host " + when + ": " + String.join(", ", nodes));
        }
    }

    /// A frame, and what the oracle says to it.
    private void selfTest(Hardware hardware, Path folder) {
        HostProtocol protocol = new HostProtocol(hardware.design());
        Value input = hardware.design().inputs().getFirst().tensor();
        Value output = hardware.design().outputs().getFirst().tensor();
        Tensor frame = RandomTensors.integers(
                input.type(),
                hardware.design().inputs().getFirst().range().lo(),
                hardware.design().inputs().getFirst().range().hi(),
                model.seed());
        Map<String, Tensor> answer = Interpreter.run(hardware.core().network(), Map.of(input.name(), frame));
        try {
            Files.write(folder.resolve("request.bin"), protocol.request(frame));
            Files.write(
                    folder.resolve("answer.bin"), protocol.answer(Expect.present(answer.get(output.name()), output)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void print(SynthesisReport report, Synthesis.Result result) {
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
