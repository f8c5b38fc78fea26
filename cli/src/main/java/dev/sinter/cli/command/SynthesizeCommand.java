package dev.sinter.cli.command;

import dev.sinter.backend.fpga.Design;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.backend.fpga.HostProtocol;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.hardware.ChosenChip;
import dev.sinter.cli.hardware.SynthesisFolder;
import dev.sinter.cli.hardware.SynthesisOutcome;
import dev.sinter.cli.hardware.SynthesisPrinter;
import dev.sinter.cli.hardware.SynthesisReport;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.FolderOptions;
import dev.sinter.cli.option.FpgaOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Makes a bitstream, or a project that one can be made of, of a network of 8-bit integers.
@Command(
        name = "synthesize",
        customSynopsis = "sinter synthesize MODEL --target HARDWARE --out DIR [OPTION]...",
        header = {"Makes an FPGA's bitstream of a network of 8-bit integers.", ""},
        description = {
            "",
            "Its kernels become Verilog; yosys, nextpnr-ice40 and icepack make a bitstream of that. The board takes"
                    + " frames over a serial line and answers with results. DIR gets the Verilog, the bitstream, the"
                    + " bytes to send first (load.bin), and a frame with the answer that the board must give"
                    + " (request.bin, answer.bin). For ECP5 and 7-series chips it gets constraints and a script in"
                    + " place of the bitstream, and what yosys counts is printed."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter synthesize lenet5-int8.onnx --target lattice-ice40up5k --out build/",
            "  sinter synthesize lenet5-int8.onnx --target lattice-ice40up5k --pace 100000 --out slow/",
            "  sinter synthesize lenet5-int8.onnx --target xilinx-artix7-35t --out project/",
            "'sinter quantize' makes such a network."
        })
public final class SynthesizeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private FpgaOptions fpga = new FpgaOptions();

    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Option(names = "--json", description = "Print what came of it as JSON.")
    private boolean json;

    @Mixin
    private CommonOptions common = new CommonOptions();

    public SynthesizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path out = folder.requireWritable();
        ChosenChip chip = fpga.chip();
        try (TraceFile trace = common.openTrace()) {
            Hardware hardware = chip.hardware(model.read(trace), CompileOptions.DEFAULT.withTrace(trace));
            if (speaks()) {
                summarize(hardware, chip);
            }
            try (SynthesisFolder aside = SynthesisFolder.beside(out)) {
                SynthesisOutcome outcome = SynthesisOutcome.of(hardware.design(), chip, aside.path(), this::progress);
                if (chip.board().isPresent()) {
                    selfTest(hardware, aside.path());
                }
                SynthesisReport report =
                        SynthesisReport.of(model.name(), chip, hardware, chip.fit(hardware), outcome, aside.finish());
                if (json) {
                    terminal.out().print(JsonFile.text(report));
                } else if (!common.quiet()) {
                    new SynthesisPrinter(terminal, out).print(report, outcome, chip.board(), hardware.design());
                }
            } catch (UncheckedIOException failure) {
                throw SynthesisFolder.fault(out, Objects.requireNonNull(failure.getCause()));
            }
            return 0;
        }
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

    private void summarize(Hardware hardware, ChosenChip chip) {
        Design design = hardware.design();
        terminal.out()
                .println(String.format(
                        Locale.ROOT,
                        "%s on %s%s: %s, %s, %,d cycles a frame",
                        model.name(),
                        chip.name(),
                        chip.board().map(known -> " (" + known.name() + ")").orElse(""),
                        Quantity.of(design.kernels(), "kernel"),
                        Quantity.of(design.multipliers(), "multiplier"),
                        design.interval()));
        chip.printAround(terminal, hardware);
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
}
