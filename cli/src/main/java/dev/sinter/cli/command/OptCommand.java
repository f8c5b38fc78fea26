package dev.sinter.cli.command;

import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.option.PassOptions;
import dev.sinter.cli.passes.PassWatch;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.terminal.TextTable;
import dev.sinter.cli.terminal.TextTable.Column;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.GraphPrinter.Constants;
import dev.sinter.ir.rewrite.Pipeline;
import dev.sinter.ir.rewrite.StandardPasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs passes over a graph.
@Command(
        name = "opt",
        customSynopsis = "sinter opt MODEL [OPTION]...",
        header = {"Runs passes over a network and prints the graph as IR text.", ""},
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter opt --list-passes",
            "  sinter opt model.onnx -o model.sir --passes ''",
            "  sinter opt model.sir --passes fold-pads,fold-batch-norm -o out.sir",
            "  sinter opt model.onnx --print-after-all --time-passes --elide"
        })
public final class OptCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--passes",
            paramLabel = "PASS",
            split = ",",
            description = "Run these, once and in this order. Default: all, until nothing changes.")
    private @Nullable List<String> passes;

    @Option(names = "--list-passes", help = true, description = "List the passes in the order in which they run.")
    private boolean listPasses;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "Write the graph to a file. Default: to standard output.")
    private @Nullable Path out;

    @Option(
            names = "--elide",
            description = "Leave long constants out, for reading; such text cannot be read in again. Always so on a"
                    + " terminal.")
    private boolean elide;

    @ArgGroup(validate = false, heading = "%nLooking at the passes:%n")
    private PassOptions watching = new PassOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public OptCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (listPasses) {
            list();
            return 0;
        }
        Optional<OutputFile> file = Optional.ofNullable(out).map(OutputFile::at);
        Pipeline pipeline = pipeline();
        PassWatch watch = watching.watch(pipeline, terminal);
        try (TraceFile trace = common.openTrace()) {
            Trace both = event -> {
                trace.report(event);
                watch.report(event);
            };
            Graph graph = pipeline.run(model.read(trace), both, watch);
            watch.finish();
            file.ifPresentOrElse(
                    written -> PassWatch.write(written, graph, elide ? Constants.ELIDED : Constants.COMPLETE),
                    () -> print(graph));
            return 0;
        }
    }

    private Pipeline pipeline() {
        Pipeline all = StandardPasses.pipeline();
        return passes == null
                ? all
                : all.only(passes.stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    private void print(Graph graph) {
        Constants constants = elide || terminal.interactive() ? Constants.ELIDED : Constants.COMPLETE;
        terminal.out().print(GraphPrinter.print(graph, constants));
    }

    private void list() {
        TextTable table = new TextTable(Column.text("PASS"), Column.text("WHAT IT DOES"));
        StandardPasses.pipeline().steps().forEach(step -> table.row(step.name(), step.sentence()));
        table.print(terminal);
    }
}
