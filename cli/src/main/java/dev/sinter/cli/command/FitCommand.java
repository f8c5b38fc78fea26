package dev.sinter.cli.command;

import dev.sinter.backend.fpga.Exploration;
import dev.sinter.backend.fpga.Fit;
import dev.sinter.backend.fpga.Hardware;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.hardware.ChosenChip;
import dev.sinter.cli.hardware.FitChart;
import dev.sinter.cli.hardware.FitPrinter;
import dev.sinter.cli.hardware.FitReport;
import dev.sinter.cli.hardware.SmallestChip;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.FpgaOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Tells whether a network fits an FPGA, and how fast it is there.
@Command(
        name = "fit",
        customSynopsis = "sinter fit MODEL --target HARDWARE [OPTION]...",
        header = {"Tells whether a network of 8-bit integers fits an FPGA, and how fast it is.", ""},
        description = {
            "",
            "No synthesis is needed: cycles follow from the loops of the kernels; what they take of the chip is"
                    + " estimated from what they are made of. Prints both for each kernel and for all of them, what is"
                    + " scarcest, and the smallest chip that is known which has room at that pace."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter fit lenet5-int8.onnx --target lattice-ice40up5k",
            "  sinter fit lenet5-int8.onnx --target xilinx-artix7-35t --pace 5000",
            "  sinter fit lenet5-int8.onnx --target lattice-ecp5-25f --explore --svg fit.svg",
            "'sinter quantize' makes such a network."
        })
public final class FitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private FpgaOptions fpga = new FpgaOptions();

    @Option(names = "--explore", description = "List the same network at other paces, those that are worth a look.")
    private boolean explore;

    @Option(names = "--svg", paramLabel = "FILE", description = "Write a chart of them.")
    private @Nullable Path svg;

    @Option(names = "--json", description = "Print all of it as JSON.")
    private boolean json;

    @Mixin
    private CommonOptions common = new CommonOptions();

    public FitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<OutputFile> chart = Optional.ofNullable(svg).map(OutputFile::at);
        ChosenChip chip = fpga.chip();
        try (TraceFile trace = common.openTrace()) {
            Graph graph = model.read(trace);
            CompileOptions options = CompileOptions.DEFAULT.withTrace(trace);
            Hardware hardware = chip.hardware(graph, options);
            Fit fit = chip.fit(hardware);
            List<Fit> points = explore || svg != null
                    ? Exploration.of(graph, chip.target(), options).stream()
                            .map(chip::at)
                            .toList()
                    : List.of();
            Optional<String> smallest = SmallestChip.of(graph, fit.cycles(), options);
            chart.ifPresent(file -> file.write(FitChart.of(model.name(), chip.name(), points)));
            if (json) {
                terminal.out()
                        .print(JsonFile.text(FitReport.of(model.name(), chip.name(), hardware, fit, smallest, points)));
            } else if (!common.quiet()) {
                print(hardware, chip, fit, points, smallest);
            }
            return 0;
        }
    }

    private void print(Hardware hardware, ChosenChip chip, Fit fit, List<Fit> points, Optional<String> smallest) {
        terminal.out()
                .println(model.name() + " on " + chip.name() + ": "
                        + Quantity.of(hardware.design().kernels(), "kernel"));
        chip.printAround(terminal, hardware);
        FitPrinter printer = new FitPrinter(terminal);
        terminal.out().println();
        printer.parts(fit);
        terminal.out().println();
        printer.verdict(fit, chip.name());
        chip.board().ifPresent(known -> printer.line(known, hardware.design()));
        terminal.out()
                .println(smallest.map(name -> "the smallest chip for this pace that Sinter knows: " + name)
                        .orElse("no chip that Sinter knows has room for it at this pace"));
        if (explore) {
            terminal.out().println();
            printer.exploration(points);
        }
    }
}
