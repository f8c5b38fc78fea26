package dev.sinter.cli.command;

import dev.sinter.cli.explain.ExplainReport;
import dev.sinter.cli.explain.Explainer;
import dev.sinter.cli.explain.Explanation;
import dev.sinter.cli.explain.HtmlPage;
import dev.sinter.cli.explain.PageWriter;
import dev.sinter.cli.explain.TerminalPage;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.input.Feeds;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.DeviceOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.option.PreparationOptions;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Explains convolutional networks by the figures of one.
@Command(
        name = "explain",
        customSynopsis = "sinter explain MODEL [OPTION]...",
        header = {"Explains convolutional networks by the figures of one.", ""},
        description = {
            "",
            "How large each layer's output is and why, how many numbers it learns, how far it sees; and, measured by"
                    + " running the network: whether feature maps move along with the picture, how steady the answer"
                    + " is, and what pooling has to do with it. For who learns or teaches it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter explain zoo:lenet5",
            "  sinter explain model.onnx --html model.html --input cat.jpg --scale 1/255",
            "  sinter explain zoo:vgg16 --no-measuring"
        })
public final class ExplainCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(names = "--html", paramLabel = "FILE", description = "Also write the page to a file for a browser.")
    private @Nullable Path html;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--no-measuring", description = "Tell only what follows from shapes, without running the network.")
    private boolean withoutMeasuring;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "[NAME=]PATH",
            arity = "1..*",
            description = "What to show to the network when measuring, as for 'sinter run'; the first batch is taken."
                    + " Default: made-up smooth pictures.")
    private List<String> inputs = new ArrayList<>();

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @ArgGroup(validate = false, heading = PreparationOptions.HEADING)
    private PreparationOptions preparation = new PreparationOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public ExplainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (withoutMeasuring && !inputs.isEmpty()) {
            throw new CompileException(
                    Code.OPTION, "--no-measuring", "runs nothing, so --input has no use", "leave one of them out");
        }
        Optional<OutputFile> file = Optional.ofNullable(html).map(OutputFile::at);
        try (TraceFile trace = common.openTrace()) {
            Graph graph = model.read(trace);
            Explainer explainer = new Explainer(model.name(), graph, model.seed());
            Explanation explanation = withoutMeasuring ? explainer.fromShapes() : measured(explainer, graph, trace);
            file.ifPresent(page -> page.write(HtmlPage.of(PageWriter.of(explanation))));
            if (json) {
                terminal.out().print(JsonFile.text(ExplainReport.of(explanation)));
            } else {
                new TerminalPage(terminal).print(PageWriter.of(explanation));
            }
            return 0;
        }
    }

    private Explanation measured(Explainer explainer, Graph graph, TraceFile trace) {
        Optional<Map<String, Tensor>> given = inputs.isEmpty()
                ? Optional.empty()
                : Optional.of(Feeds.of(graph, inputs, preparation.preparation()).firstBatch(graph));
        Devices.Choice choice = device.choose(terminal, common.quiet() || json);
        return terminal.during(
                "measuring",
                trace,
                told -> explainer.measuredOn(choice.device(), CompileOptions.DEFAULT.withTrace(told), given));
    }
}
