package dev.sinter.cli.run;

import dev.sinter.cli.input.Feeds;
import dev.sinter.cli.terminal.Printable;
import dev.sinter.cli.terminal.ProgressDisplay;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.tune.TuningRemarks;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Devices;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Deviation;
import dev.sinter.ir.plan.Step;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// One network, all samples, one device.
///
/// @param model what the user called the network
/// @param top how many classes to name of each sample, if that was said; 0 for a network that is no classifier
/// @param keepPredictions whether all predictions are wanted in the end
/// @param outputFolder where whole outputs go
/// @param compare how many samples to hold against the oracle
public record RunJob(
        String model,
        Graph graph,
        Feeds feeds,
        Labels labels,
        Devices.Choice choice,
        OptionalInt top,
        boolean keepPredictions,
        Optional<Path> outputFolder,
        Optional<Long> compare,
        CompileOptions options) {
    private static final int USUAL_TOP = 5;
    private static final int MOST_PRINTED = 20;

    public RunJob {
        if (top.isPresent() && top.getAsInt() < 0) {
            throw new CompileException(Code.OPTION, "--top", top.getAsInt() + " must be at least 0", null);
        }
    }

    /// Whether predictions are few enough to be read, or asked for.
    public boolean printsPredictions() {
        return top.isPresent() || feeds.count() <= MOST_PRINTED;
    }

    /// Compiles and runs. Samples that cannot be read are told on the terminal and left out.
    ///
    /// @throws CompileException if what was asked for does not fit the network, or the device fails
    public RunReport run(Terminal terminal, boolean quiet) {
        Optional<Classification> classes = classification();
        OutputSummaries summaries = new OutputSummaries(graph, feeds.batch());
        Device device = choice.device();
        Trace trace = options.trace();
        long start = System.nanoTime();
        try (Executable executable = terminal.during(
                        "compiling", trace, told -> Sinter.compile(graph, device, options.withTrace(told)));
                BatchRunner runner = new BatchRunner(executable, feeds, trace);
                OutputFolder folder = OutputFolder.open(outputFolder, graph, feeds.batch())) {
            new TuningRemarks(terminal, quiet).tell(executable.program().plan());
            // What a device does on its first run only belongs to what compiling takes.
            runner.warmUp();
            double compileSeconds = seconds(start);
            long runStart = System.nanoTime();
            Counts counts = new Counts();
            try (ProgressDisplay progress = ProgressDisplay.of(terminal, quiet, "running", feeds.count())) {
                runner.run(
                        batch -> {
                            classes.ifPresentOrElse(found -> found.add(batch), () -> summaries.add(batch));
                            folder.add(batch);
                            counts.done += batch.samples().size();
                            progress.advance(batch.samples().size());
                        },
                        reason -> {
                            counts.unreadable++;
                            terminal.err().println(Printable.message(String.valueOf(reason.getMessage())));
                        });
            }
            double runSeconds = seconds(runStart);
            folder.finish();
            Optional<OracleComparison> comparison =
                    compare.map(samples -> OracleComparison.of(graph, device, options, feeds, samples));
            return new RunReport(
                    RunReport.VERSION,
                    model,
                    inputTypes(),
                    device.id(),
                    device.name(),
                    choice.why(),
                    feeds.batch(),
                    counts.done,
                    counts.unreadable,
                    classes.flatMap(Classification::correct).orElse(null),
                    classes.flatMap(Classification::accuracy).orElse(null),
                    compileSeconds,
                    runSeconds,
                    counts.done / runSeconds,
                    comparison.map(RunJob::entry).orElse(null),
                    kernels(executable, runner.kernelSeconds()),
                    executable.program().onHost().stream().map(Node::label).toList(),
                    classes.isPresent() ? null : summaries.entries(),
                    classes.map(Classification::predictions).orElse(null));
        }
    }

    private static final class Counts {
        private long done;
        private long unreadable;
    }

    private Optional<Classification> classification() {
        Optional<ClassScores> scores = top.isPresent() && top.getAsInt() == 0
                ? Optional.empty()
                : ClassScores.of(graph.outputs(), feeds.batch()).filter(found -> !graph.isOpen(found.output()));
        boolean wanted = keepPredictions || labels.isPresent() || top.orElse(0) > 0;
        if (scores.isEmpty() && wanted) {
            throw new CompileException(
                    Code.OPTION,
                    labels.isPresent() ? "--labels" : keepPredictions ? "--out" : "--top",
                    "needs a network whose one output is [N,classes], but " + model + " yields "
                            + graph.outputs().stream()
                                    .map(output -> output.name() + " " + output.type())
                                    .collect(Collectors.joining(", ")),
                    "--save-outputs keeps whole outputs");
        }
        boolean keep = keepPredictions || printsPredictions();
        return scores.map(found -> new Classification(found, feeds, labels, top.orElse(USUAL_TOP), keep));
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private Map<String, String> inputTypes() {
        Map<String, String> types = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            types.put(input.name(), input.type().toString());
        }
        return types;
    }

    private static RunReport.Comparison entry(OracleComparison comparison) {
        return new RunReport.Comparison(
                comparison.samples(),
                comparison.passed(),
                comparison
                        .firstFailure()
                        .map(failure -> failure.step().cluster().last().name() + ": "
                                + failure.judgement()
                                        .first()
                                        .map(Deviation::toString)
                                        .orElse("beyond its bound"))
                        .orElse(null));
    }

    private static List<RunReport.KernelEntry> kernels(Executable executable, Map<String, Double> seconds) {
        return executable.steps().stream()
                .flatMap(step -> step.kernels().stream()
                        .map(kernel -> new RunReport.KernelEntry(
                                kernel.name(),
                                layers(step),
                                seconds.get(kernel.name()),
                                step.writtenAt().map(Place::toString).orElse(null),
                                step.tunedAt().map(Place::toString).orElse(null))))
                .toList();
    }

    private static List<String> layers(Step step) {
        return step.cluster().nodes().stream().map(node -> node.name()).toList();
    }
}
