package dev.sinter.tests.fuzz;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.plan.Planner;
import dev.sinter.ir.plan.Ranking;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/// Schedules that the compiler considered for a network's steps and did not take, as a file would have them.
@NullMarked
final class OtherCandidates {
    private final Random random = new Random(1);
    private final Graph graph;
    private final Target target;

    private OtherCandidates(Graph graph, Target target) {
        this.graph = graph;
        this.target = target;
    }

    /// The text of a schedule file.
    static String of(Graph graph, Target target) {
        return new OtherCandidates(Sinter.optimised(graph, CompileOptions.DEFAULT), target)
                .text(Sinter.program(graph, target, CompileOptions.DEFAULT));
    }

    private String text(Program program) {
        List<ScheduleFile.Entry> entries = new ArrayList<>();
        List<Step> steps = program.plan().steps().stream()
                .filter(step -> !step.kernels().isEmpty())
                .toList();
        for (Step step : steps) {
            entries.add(other(step.group()));
        }
        return ScheduleFile.print(List.of(), entries);
    }

    private ScheduleFile.Entry other(Group group) {
        Ranking ranking = Planner.ranking(graph, target, true, group.name());
        List<Ranking.Divided> legal = ranking.divisions().stream()
                .filter(division -> division.seconds() < Double.POSITIVE_INFINITY)
                .toList();
        Ranking.Divided division = legal.get(random.nextInt(legal.size()));
        Group divided = division.cheapest().group();
        if (division.kernels().size() > 1) {
            // Candidates of several kernels need not go together; the best of each do.
            return new ScheduleFile.Entry(divided, division.cheapest().schedule());
        }
        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        division.kernels().forEach(kernel -> plans.putAll(any(kernel).plans()));
        return new ScheduleFile.Entry(divided, new Schedule(plans));
    }

    private Ranking.Candidate any(Ranking.RankedKernel kernel) {
        List<Ranking.Candidate> legal = kernel.candidates().stream()
                .filter(candidate -> candidate.verdict() instanceof Ranking.Verdict.Costs)
                .toList();
        return legal.get(random.nextInt(legal.size()));
    }
}
