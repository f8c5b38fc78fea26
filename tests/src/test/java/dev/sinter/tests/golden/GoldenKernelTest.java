package dev.sinter.tests.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.backend.opencl.OpenClDialect;
import dev.sinter.backend.opencl.OpenClPrinter;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Precision;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.GoldenFile;
import dev.sinter.tests.support.SampleTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Printed kernels, one small file per feature. The graph and the schedule stand in each file's header, so that a
/// difference can be understood where it shows.
@NullMarked
class GoldenKernelTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final int MOST_LINES = 140;

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sir"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernels_are_printed_as_recorded(String name) throws IOException {
        String text = Files.readString(FOLDER.resolve(name + ".sir"));
        String targetName = text.lines().findFirst().orElseThrow().replace("// target: ", "");
        boolean half = text.contains("\n// precision: f16\n");
        CompileOptions options = options(name).withPrecision(half ? Precision.FLOAT16 : Precision.FLOAT32);
        Target target = SampleTargets.named(targetName).withHalf(half);
        Program program = Sinter.program(GraphParser.parse(text, name + ".sir"), target, options);
        OpenClDialect dialect = targetName.startsWith("avx") ? OpenClDialect.WIDE : OpenClDialect.NARROW;
        String printed = header(text, program) + OpenClPrinter.print(program.kernels(), dialect);

        assertTrue(printed.lines().count() <= MOST_LINES, name + " is too long to be read: split it");
        GoldenFile.requireSame(FOLDER.resolve(name + ".cl"), printed);
    }

    /// With a schedule of its own, where one lies beside the graph.
    private static CompileOptions options(String name) throws IOException {
        Path schedule = FOLDER.resolve(name + ".schedule");
        return Files.exists(schedule)
                ? CompileOptions.DEFAULT.withSchedules(
                        ScheduleFile.parse(Files.readString(schedule), schedule.toString()))
                : CompileOptions.DEFAULT;
    }

    private static String header(String text, Program program) {
        String steps =
                program.plan().steps().stream().map(GoldenKernelTest::schedule).collect(Collectors.joining("\n"));
        return (text + "\n" + steps)
                        .lines()
                        .map(line -> line.startsWith("//") ? line : ("// " + line).stripTrailing())
                        .collect(Collectors.joining("\n"))
                + "\n\n";
    }

    private static String schedule(Step step) {
        return "schedule of " + step.output().name() + "\n"
                + ScheduleText.print(step.group(), step.schedule()).indent(2).stripTrailing();
    }
}
