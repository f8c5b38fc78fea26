package dev.sinter.cli.command;

import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.inspect.CandidateList;
import dev.sinter.cli.inspect.DotGraph;
import dev.sinter.cli.inspect.NetworkPrinter;
import dev.sinter.cli.inspect.NetworkReport;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.CompilerOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.option.ScheduleOptions;
import dev.sinter.cli.option.TargetOptions;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.tune.TuningRemarks;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.plan.Planner;
import dev.sinter.ir.plan.Ranking;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.ScheduleFile;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows what becomes of a network.
@Command(
        name = "inspect",
        customSynopsis = "sinter inspect MODEL [OPTION]...",
        header = {"Shows a network's layers and the kernels that they become.", ""},
        description = {
            "",
            "For each layer its size, its work and its kernel; for each kernel how it is started and what it moves;"
                    + " and why layers were not fused."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter inspect model.onnx",
            "  sinter inspect zoo:resnet18 --target xilinx-vu9p",
            "  sinter inspect model.onnx --no-fusion --json",
            "  sinter inspect model.onnx --dot | dot -Tsvg > model.svg",
            "  sinter inspect model.onnx --schedules > s.txt",
            "  sinter inspect model.onnx --schedule s.txt",
            "  sinter inspect zoo:lenet5 --candidates pool1"
        })
public final class InspectCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private CompilerOptions compiler = new CompilerOptions();

    @Mixin
    private ScheduleOptions schedules = new ScheduleOptions();

    @ArgGroup
    private Format format = new Format();

    @Mixin
    private CommonOptions common = new CommonOptions();

    /// At most one of them.
    private static final class Format {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Option(names = "--dot", description = "Print a graph for Graphviz, with a box around each kernel.")
        private boolean dot;

        @Option(
                names = "--schedules",
                description = "Print the schedule of each step, as text that can be changed and given to --schedule.")
        private boolean schedules;

        @Option(
                names = "--candidates",
                paramLabel = "STEP",
                description =
                        "Print all schedules that the compiler considers for a step, the cheapest first, with what"
                                + " the cost model makes of each, and which is taken.")
        private @Nullable String candidates;
    }

    public InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (TraceFile trace = common.openTrace()) {
            compiler.check();
            ScheduleFile written = schedules.read();
            TargetOptions.Chosen chosen = target.choose();
            TuningRemarks remarks = new TuningRemarks(terminal, common.quiet());
            Program program = Sinter.program(
                    model.read(trace),
                    chosen.target(),
                    compiler.options(trace, chosen, remarks).withSchedules(written));
            remarks.tell(program.plan());
            if (format.schedules) {
                terminal.out().print(schedules(program, chosen));
                return 0;
            }
            if (format.candidates != null) {
                terminal.out().print(candidates(format.candidates, program, chosen));
                return 0;
            }
            if (format.dot) {
                terminal.out().print(DotGraph.of(program));
                return 0;
            }
            NetworkReport report = NetworkReport.of(model.name(), chosen.name(), program);
            if (format.json) {
                terminal.out().print(JsonFile.text(report));
            } else {
                new NetworkPrinter(terminal).print(report);
            }
            return 0;
        }
    }

    private String candidates(String step, Program program, TargetOptions.Chosen chosen) {
        CompileOptions options = compiler.options(Trace.silent());
        Ranking ranking =
                Planner.ranking(Sinter.optimised(program.imported(), options), chosen.target(), options.fuse(), step);
        return CandidateList.print(
                step + " of " + model.name() + " on " + chosen.name(), planned(program, ranking), ranking);
    }

    /// The step that candidates are for, found by what it computes, which has one name whatever the algorithm.
    private static Step planned(Program program, Ranking ranking) {
        String output =
                ranking.divisions().getFirst().cheapest().group().output().name();
        return program.plan().steps().stream()
                .filter(step -> step.group().output().name().equals(output))
                .findFirst()
                .orElseThrow();
    }

    private String schedules(Program program, TargetOptions.Chosen chosen) {
        return ScheduleFile.print(
                List.of(
                        model.name() + " on " + chosen.name(),
                        "Steps may be left out: the compiler then chooses their schedules."),
                program.plan().steps().stream()
                        .map(step -> new ScheduleFile.Entry(step.group(), step.schedule()))
                        .toList());
    }
}
