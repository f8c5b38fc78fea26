package dev.sinter.cli.command;

import dev.sinter.cli.artifact.Artifact;
import dev.sinter.cli.file.FolderName;
import dev.sinter.cli.file.TraceFile;
import dev.sinter.cli.option.CommonOptions;
import dev.sinter.cli.option.CompilerOptions;
import dev.sinter.cli.option.FolderOptions;
import dev.sinter.cli.option.ModelOptions;
import dev.sinter.cli.option.PassOptions;
import dev.sinter.cli.option.ScheduleOptions;
import dev.sinter.cli.option.TargetOptions;
import dev.sinter.cli.passes.PassWatch;
import dev.sinter.cli.terminal.HostLine;
import dev.sinter.cli.terminal.Quantity;
import dev.sinter.cli.terminal.Terminal;
import dev.sinter.cli.tune.TuningRemarks;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.rewrite.Pipeline;
import dev.sinter.ir.rewrite.StandardPasses;
import dev.sinter.ir.schedule.ScheduleFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Writes a compiled network to files.
@Command(
        name = "compile",
        customSynopsis = "sinter compile MODEL --out DIR [OPTION]...",
        header = {"Writes a network's kernels and plan to files.", ""},
        description = {
            "",
            "kernels.cl holds the kernels as OpenCL C, plan.txt the steps, layouts and memory, for people, and"
                    + " manifest.json the same for programs."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sinter compile model.onnx --out build/",
            "  sinter compile zoo:lenet5 --target xilinx-vu9p --out build/ --force",
            "  sinter compile model.onnx --out build/ --print-after fold-batch-norm"
        })
public final class CompileCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ModelOptions model = new ModelOptions();

    @Mixin
    private FolderOptions folder = new FolderOptions();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Mixin
    private CompilerOptions compiler = new CompilerOptions();

    @Mixin
    private ScheduleOptions schedules = new ScheduleOptions();

    @ArgGroup(validate = false, heading = "%nLooking at the passes:%n")
    private PassOptions watching = new PassOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    public CompileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Path out = folder.requireWritable();
        try (TraceFile trace = common.openTrace()) {
            compiler.check();
            ScheduleFile written = schedules.read();
            TargetOptions.Chosen chosen = target.choose();
            TuningRemarks remarks = new TuningRemarks(terminal, common.quiet());
            Graph graph = model.read(trace);
            if (watching.isPresent()) {
                showPasses(graph);
            }
            Program program = Sinter.program(
                    graph,
                    chosen.target(),
                    compiler.options(trace, chosen, remarks).withSchedules(written));
            remarks.tell(program.plan());
            Artifact artifact = new Artifact(model.name(), chosen, program);
            List<String> files = artifact.write(FolderName.make(out));
            if (!common.quiet()) {
                terminal.out()
                        .println(Quantity.of(program.kernels().size(), "kernel") + " for " + chosen.name() + ": "
                                + String.join(", ", files) + " in " + out
                                + (artifact.hasSource() ? "" : " (its kernels are made in memory and have no source)"));
                HostLine.of(program.onHost().stream().map(Node::label).toList()).ifPresent(terminal.out()::println);
            }
            return 0;
        }
    }

    /// Compiling runs the same passes once more, where nobody can look in.
    private void showPasses(Graph graph) {
        Pipeline passes = StandardPasses.pipeline();
        PassWatch watch = watching.watch(passes, terminal);
        passes.run(graph, watch, watch);
        watch.finish();
    }
}
