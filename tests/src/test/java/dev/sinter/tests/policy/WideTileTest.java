package dev.sinter.tests.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.Inputs;
import dev.sinter.tests.support.SampleTargets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// A policy that Sinter does not know, and the page that shows it.
@NullMarked
class WideTileTest {
    private static final Path PAGE = Path.of("../docs/schedules.md");
    private static final Path SOURCES = Path.of("src/test/java/dev/sinter/tests/policy");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @Test
    void kernels_of_a_policy_of_ones_own_stay_within_bounds() {
        Graph graph = Zoo.graph("lenet5", 1, 1);
        CompileOptions options = CompileOptions.DEFAULT.withIntermediatesKept().withPolicy(new WideTile(3));
        try (Executable network = Sinter.compile(graph, Devices.of(Devices.JVM), options)) {
            VerificationReport report = Verification.bounded(network, Inputs.normal(graph, 3), _ -> {});
            assertTrue(report.passed());
            assertEquals(List.of(), report.unjudged());
        }
    }

    @Test
    void the_documentation_shows_this_code() throws IOException {
        String page = Files.readString(PAGE);
        String source = Files.readString(SOURCES.resolve("WideTile.java"));
        assertTrue(flat(page).contains(flat(source.substring(source.indexOf("public record")))));
    }

    @Test
    void the_documentation_shows_its_schedule() throws IOException {
        String name = "conv_relu_max_pool_single_task.sir";
        Graph graph = GraphParser.parse(Files.readString(GOLDEN.resolve(name)), name);
        CompileOptions options = CompileOptions.DEFAULT.withPolicy(new WideTile(3));
        Program program = Sinter.program(graph, SampleTargets.GPU, options);
        Step step = program.plan().steps().getFirst();
        String schedule = ScheduleText.print(step.group(), step.schedule());
        assertTrue(Files.readString(PAGE).contains("```\n" + schedule + "\n```"), schedule);
    }

    @Test
    void the_documentation_shows_golden_kernels() throws IOException {
        String golden = flat(Files.readString(GOLDEN.resolve("conv_relu_max_pool.cl")))
                + flat(Files.readString(GOLDEN.resolve("conv_relu_max_pool_single_task.cl")))
                + flat(Files.readString(GOLDEN.resolve("conv_padded_by_loop_bounds_single_task.cl")));
        List<String> blocks = Pattern.compile(" *```c\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertFalse(blocks.isEmpty());
        for (String piece : String.join("...\n", blocks).split("\\.\\.\\.[^\n]*\n")) {
            assertTrue(golden.contains(flat(piece)), "not in a golden kernel:\n" + piece);
        }
    }

    /// Without blanks: the formatter may break lines elsewhere.
    private static String flat(String code) {
        return code.replaceAll("\\s", "");
    }
}
