package dev.sinter.cli.command;

import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.passes.PassWatch;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter.Constants;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Writes a network in another format, as it is: no pass runs over it.
@Command(
        name = "convert",
        customSynopsis = "sinter convert MODEL --out FILE.onnx|FILE.sir [OPTION]...",
        header = {"Writes a network as ONNX or as IR text.", ""},
        description = {"", "The network stays as it is; 'sinter opt' also runs passes over it."},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter convert zoo:lenet5 --out lenet5.onnx",
            "  sinter convert model.sir --out model.onnx --open-batch",
            "  sinter convert model.onnx --batch 8 --out model.sir"
        })
public final class ConvertCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write; its ending, .onnx or .sir, says what.")
    private Path out = Path.of("");

    @Option(
            names = "--open-batch",
            description = "Leave the batch open: dimension 0 of inputs and outputs becomes N. For ONNX only.")
    private boolean openBatch;

    @Mixin
    private CommonOptions common = new CommonOptions();

    /// What can be written.
    private enum Format {
        ONNX(".onnx"),
        TEXT(".sir");

        private final String ending;

        Format(String ending) {
            this.ending = ending;
        }
    }

    public ConvertCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Format format = format();
        OutputFile file = OutputFile.at(out);
        try (TraceFile trace = common.openTrace()) {
            Graph graph = model.read(trace);
            switch (format) {
                case TEXT -> PassWatch.write(file, graph, Constants.COMPLETE);
                case ONNX -> writeOnnx(graph);
            }
            if (!common.quiet()) {
                terminal.out().println(Quantity.of(graph.nodes().size(), "node") + " in " + out);
            }
            return 0;
        }
    }

    private void writeOnnx(Graph graph) {
        if (openBatch) {
            OnnxExport.writeForAnyBatch(graph, out);
        } else {
            OnnxExport.write(graph, out);
        }
    }

    private Format format() {
        String name = out.toString().toLowerCase(Locale.ROOT);
        for (Format format : Format.values()) {
            if (name.endsWith(format.ending)) {
                return requireOnnxIfOpen(format);
            }
        }
        throw new CompileException(
                Code.OPTION, "--out", "found " + out + " but expected a file that ends in .onnx or .sir", null);
    }

    private Format requireOnnxIfOpen(Format format) {
        if (openBatch && format == Format.TEXT) {
            throw new CompileException(
                    Code.OPTION, "--open-batch", "in IR text every shape is concrete", "write an .onnx file");
        }
        return format;
    }
}
