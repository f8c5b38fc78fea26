package dev.sinter.tests.fuzz;

import dev.sinter.frontend.Model;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.schedule.ScheduleFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.NullMarked;

/// Writes a network that fails to files, and says how to see it fail again.
@NullMarked
record CaseFiles(Path folder) {
    /// What to print of a case.
    String write(Fuzzer.Case found) {
        try {
            Files.createDirectories(folder);
            return text(found);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String text(Fuzzer.Case found) throws IOException {
        String name = "seed" + found.seed() + "-"
                + (found.failure().kind() + "-" + found.failure().where())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-");
        Path model = folder.resolve(name + ".onnx").toAbsolutePath();
        Files.write(model, found.network().model());
        List<String> lines = new ArrayList<>();
        lines.add("seed " + found.seed() + ", " + found.failure());
        lines.add(found.network().toString().indent(4).stripTrailing());
        lines.add("    model: " + model);
        lines.add("    again: ./sinter verify " + again(found, name, model));
        return String.join("\n", lines);
    }

    private String again(Fuzzer.Case found, String name, Path model) throws IOException {
        Path text = folder.resolve(name + ".sir").toAbsolutePath();
        Graph graph;
        try {
            graph = Model.read(model).graph();
        } catch (RuntimeException refusal) {
            return model.toString();
        }
        Files.writeString(text, GraphPrinter.print(graph));
        if (found.subject().isEmpty()) {
            return text.toString();
        }
        Subject subject = found.subject().get();
        if (subject.arguments().isPresent()) {
            return text + " " + subject.arguments().get();
        }
        Path schedules = folder.resolve(name + ".schedule").toAbsolutePath();
        Files.writeString(schedules, schedules(graph, subject));
        return text + " --schedule " + schedules;
    }

    private static String schedules(Graph graph, Subject subject) {
        try {
            Program program = Sinter.program(
                    graph, subject.device().target(), subject.options().apply(graph));
            return ScheduleFile.print(
                    List.of("for " + subject),
                    program.plan().steps().stream()
                            .filter(step -> !step.kernels().isEmpty())
                            .map(step -> new ScheduleFile.Entry(step.group(), step.schedule()))
                            .toList());
        } catch (RuntimeException fault) {
            return ScheduleFile.print(List.of("none: " + fault), List.of());
        }
    }
}
