package dev.sinter.tests.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Planner;
import dev.sinter.ir.plan.Ranking;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.Target;
import dev.sinter.tests.support.GoldenFile;
import dev.sinter.tests.support.SampleTargets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The schedules that policies choose for known networks, as they were last looked at.
@NullMarked
class ChosenSchedulesTest {
    private static final Path FOLDER = Path.of("src/test/resources/schedules");

    static List<String> networks() {
        return Zoo.names();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void schedules_are_those_that_were_looked_at(String network) throws IOException {
        Graph graph = Zoo.graph(network, 1, 1);
        StringBuilder text = new StringBuilder();
        for (Target target : List.of(SampleTargets.AVX512, SampleTargets.GPU, SampleTargets.FPGA)) {
            Program program = Sinter.program(graph, target, CompileOptions.DEFAULT);
            text.append("# ").append(target.name()).append('\n');
            alike(program)
                    .forEach((schedule, steps) -> text.append('\n')
                            .append(String.join(", ", steps))
                            .append('\n')
                            .append(schedule.indent(2)));
            text.append('\n');
        }
        GoldenFile.requireSame(FOLDER.resolve(network + ".txt"), text.toString());
    }

    /// Steps by their schedule: most networks repeat themselves.
    private static Map<String, List<String>> alike(Program program) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (Step step : program.plan().steps()) {
            alike.computeIfAbsent(ScheduleText.print(step.group(), step.schedule()), _ -> new ArrayList<>())
                    .add(step.group().name());
        }
        return alike;
    }

    /// A rule that is too strict would only make convolutions slow.
    @ParameterizedTest
    @ValueSource(strings = {"stage1.1.relu1", "stage2.1.relu1", "pool1", "stage3.1.relu2"})
    void vectors_are_among_the_legal_candidates_of_a_convolution(String step) {
        Program program = Sinter.program(Zoo.graph("resnet18", 1, 1), SampleTargets.AVX512, CompileOptions.DEFAULT);
        Ranking ranking = Planner.ranking(
                Sinter.optimised(program.imported(), CompileOptions.DEFAULT), SampleTargets.AVX512, true, step);
        long vectors = ranking.divisions().getFirst().kernels().getFirst().candidates().stream()
                .filter(candidate -> candidate.verdict() instanceof Ranking.Verdict.Costs)
                .filter(candidate -> candidate.plans().values().stream()
                        .flatMap(plan -> plan.loops().stream())
                        .anyMatch(loop -> loop.kind() instanceof LoopKind.Vector))
                .count();
        assertTrue(vectors >= 10, () -> vectors + " legal schedules of " + step + " have vectors");
    }
}
