package dev.sinter.cli.artifact;

import dev.sinter.backend.opencl.OpenClDialect;
import dev.sinter.backend.opencl.OpenClPrinter;
import dev.sinter.cli.file.JsonFile;
import dev.sinter.cli.inspect.NetworkReport;
import dev.sinter.cli.option.TargetOptions;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.file.BuildVersion;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A compiled network as files: the kernels' source, the plan, and a manifest.
public final class Artifact {
    private final String model;
    private final TargetOptions.Chosen chosen;
    private final Program program;
    private final OpenClDialect dialect;

    public Artifact(String model, TargetOptions.Chosen chosen, Program program) {
        this.model = model;
        this.chosen = chosen;
        this.program = program;
        this.dialect = chosen.target().kind() == Target.Kind.CPU ? OpenClDialect.WIDE : OpenClDialect.NARROW;
    }

    /// Writes all files into a folder that is there, the manifest last.
    ///
    /// @return the files' names
    /// @throws dev.sinter.ir.diag.CompileException if one cannot be written
    public List<String> write(Path folder) {
        Map<String, String> contents = new LinkedHashMap<>();
        if (hasSource()) {
            contents.put("kernels.cl", OpenClPrinter.print(program.kernels(), dialect));
        }
        contents.put("plan.txt", PlanText.of(model, chosen.name(), program));
        contents.forEach((name, text) -> OutputFile.at(folder.resolve(name)).write(text));
        Map<String, String> hashes = new LinkedHashMap<>();
        contents.forEach((name, text) -> hashes.put(name, sha256(text)));
        JsonFile.write(OutputFile.at(folder.resolve("manifest.json")), manifest(hashes));
        List<String> names = new ArrayList<>(contents.keySet());
        names.add("manifest.json");
        return names;
    }

    /// Whether the kernels have source; those of the JVM are bytecode that is made when they are loaded.
    public boolean hasSource() {
        return chosen.backend().equals("opencl");
    }

    private Manifest manifest(Map<String, String> hashes) {
        List<Manifest.SlotEntry> slots = new ArrayList<>();
        for (MemoryPlan.Slot slot : program.memory().slots()) {
            slots.add(new Manifest.SlotEntry(slots.size(), slot.bytes()));
        }
        NetworkReport network = NetworkReport.of(model, chosen.name(), program);
        return new Manifest(
                Manifest.FORMAT,
                BuildVersion.text(),
                model,
                chosen.name(),
                chosen.target().kind().name().toLowerCase(Locale.ROOT),
                network.inputs(),
                network.outputs(),
                program.plan().steps().stream()
                        .flatMap(step -> step.kernels().stream().map(kernel -> entry(kernel, step)))
                        .toList(),
                program.onHost().stream().map(Node::label).toList(),
                slots,
                hashes);
    }

    private Manifest.KernelEntry entry(Kernel kernel, Step step) {
        return new Manifest.KernelEntry(
                kernel.name(),
                step.cluster().nodes().stream().map(Node::name).toList(),
                kernel.arguments().stream().map(this::entry).toList(),
                kernel.channels().stream().map(Artifact::entry).toList(),
                NetworkReport.globalSize(kernel.launch()),
                NetworkReport.workGroup(kernel.launch()),
                step.writtenAt().map(Place::toString).orElse(null),
                step.tunedAt().map(Place::toString).orElse(null),
                hasSource() ? sha256(OpenClPrinter.print(List.of(kernel), dialect)) : null);
    }

    private static Manifest.ChannelEntry entry(Kernel.ChannelEnd end) {
        Source through = end.channel().source();
        return new Manifest.ChannelEntry(
                through.name(),
                through.type().toString(),
                end.written() ? "write" : "read",
                end.channel().depth(),
                LayoutText.of(end.channel().order()));
    }

    private Manifest.ArgumentEntry entry(Kernel.Argument argument) {
        Source owner = program.plan().memoryOf(argument.source());
        boolean constant = program.constant(argument.source()).isPresent();
        return new Manifest.ArgumentEntry(
                argument.buffer().name(),
                argument.source().name(),
                argument.source().type().toString(),
                argument.written() ? "write" : "read",
                constant ? "constant" : "slot " + program.memory().slot(owner),
                LayoutText.of(argument.layout()),
                Packing.bytes(argument.layout(), argument.buffer().element()));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
