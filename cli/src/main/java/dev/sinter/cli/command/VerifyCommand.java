package dev.sinter.cli.command;

import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.input.Feeds;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.CompilerOptions;
import dev.sinter.cli.option.DeviceOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.option.PreparationOptions;
import dev.sinter.cli.option.ScheduleOptions;
import dev.sinter.cli.terminal.ProgressDisplay;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.tune.TuningRemarks;
import dev.sinter.cli.verify.RandomInputs;
import dev.sinter.cli.verify.VerdictPrinter;
import dev.sinter.cli.verify.VerdictReport;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.interp.Difference;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.ExactNetwork;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Holds what a device computes against the oracle.
@Command(
        name = "verify",
        customSynopsis = "sinter verify MODEL [OPTION]...",
        header = {"Holds what a device computes against the oracle.", ""},
        description = {
            "",
            "The oracle is a plain interpreter. No tolerance is chosen: each element has a bound that follows from how"
                    + " floating-point numbers round. Layers that were compiled together are judged together, from the"
                    + " very inputs that the device had."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter verify model.onnx --layers",
            "  sinter verify zoo:resnet18 --exact --device jvm",
            "  sinter verify model.onnx --input cat.jpg --scale 1/255",
            "  sinter verify model.onnx --schedule s.txt --device opencl"
        })
public final class VerifyCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Option(
            names = "--exact",
            description =
                    "Put integers from -8 to 8 in place of weights and inputs, so that no sum rounds, and demand the"
                            + " same bits: finds a single weight that is dropped or misplaced.")
    private boolean exact;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "[NAME=]PATH",
            arity = "1..*",
            description = "The inputs, as for 'sinter run'; the first batch is taken. Default: random numbers.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = "--whole",
            description = "Also tell how far the outputs are from the oracle's over the whole network.")
    private boolean whole;

    @Option(names = "--layers", description = "List all layers, with the largest error of each.")
    private boolean layers;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private DeviceOptions device = new DeviceOptions();

    @Mixin
    private CompilerOptions compiler = new CompilerOptions();

    @Mixin
    private ScheduleOptions schedules = new ScheduleOptions();

    @ArgGroup(validate = false, heading = PreparationOptions.HEADING)
    private PreparationOptions preparation = new PreparationOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (exact && (whole || !inputs.isEmpty())) {
            throw new CompileException(
                    Code.OPTION,
                    "--exact",
                    "gives each layer inputs of its own, so " + (whole ? "--whole" : "--input") + " has no use",
                    "leave one of them out");
        }
        compiler.refusePrecisionWith("--exact", exact);
        try (TraceFile trace = common.openTrace()) {
            compiler.check();
            ScheduleFile written = schedules.read();
            Graph graph = model.read(trace);
            Optional<Map<String, Tensor>> given = inputs.isEmpty() ? Optional.empty() : Optional.of(firstBatch(graph));
            boolean quiet = common.quiet() || json;
            Devices.Choice choice = device.choose(terminal, quiet);
            TuningRemarks remarks = new TuningRemarks(terminal, quiet);
            Graph judged = exact ? ExactNetwork.of(graph, model.seed()) : graph;
            CompileOptions options = compiler.options(trace, choice.device(), remarks)
                    .withSchedules(written)
                    .withIntermediatesKept();
            try (Executable executable = terminal.during(
                    "compiling", trace, told -> Sinter.compile(judged, choice.device(), options.withTrace(told)))) {
                remarks.tell(executable.program().plan());
                Map<String, Tensor> fed = given.orElseGet(() -> RandomInputs.of(executable.inputs(), model.seed()));
                VerificationReport verdicts = verify(executable, fed);
                VerdictReport report = VerdictReport.of(
                        model.name(),
                        choice.device().id(),
                        choice.device().name(),
                        exact,
                        given.isPresent() ? Optional.empty() : Optional.of(model.seed()),
                        verdicts,
                        whole ? differences(executable, judged, fed) : null);
                if (json) {
                    terminal.out().print(JsonFile.text(report));
                } else {
                    new VerdictPrinter(terminal).print(report, layers);
                }
                return report.passed() ? 0 : 1;
            }
        }
    }

    private static List<VerdictReport.WholeDifference> differences(
            Executable executable, Graph graph, Map<String, Tensor> fed) {
        Map<String, Tensor> found = executable.run(fed);
        return new Interpreter(graph, Rounding.none())
                .evaluate(fed).entrySet().stream()
                        .map(output -> VerdictReport.WholeDifference.of(
                                output.getKey(),
                                Difference.between(
                                        Expect.present(found.get(output.getKey().name()), output.getKey()),
                                        output.getValue())))
                        .toList();
    }

    private VerificationReport verify(Executable executable, Map<String, Tensor> fed) {
        int steps = executable.steps().size();
        try (ProgressDisplay progress = ProgressDisplay.of(terminal, common.quiet() || json, "judging", steps)) {
            return exact
                    ? Verification.exact(executable, model.seed(), _ -> progress.advance(1))
                    : Verification.bounded(executable, fed, _ -> progress.advance(1));
        }
    }

    private Map<String, Tensor> firstBatch(Graph graph) {
        return Feeds.of(graph, inputs, preparation.preparation()).firstBatch(graph);
    }
}
