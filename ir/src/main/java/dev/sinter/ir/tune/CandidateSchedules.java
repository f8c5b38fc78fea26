package dev.sinter.ir.tune;

import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.plan.Ranking;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Staging;
import dev.sinter.ir.schedule.TensorNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The schedules of a step that are worth measuring: those that the cost model thinks best.
final class CandidateSchedules {
    private CandidateSchedules() {}

    /// @param text schedule text for a group of the form
    /// @param algorithm told apart by its stages
    /// @param seconds estimated
    private record Candidate(String text, String algorithm, double seconds) {}

    /// The texts of the best, in the order of their estimates. The best of every algorithm is among them, if there are
    /// so many, since an estimate that is wrong is wrong for all schedules of one algorithm alike.
    static List<String> best(Ranking ranking, int most) {
        List<Candidate> all = new ArrayList<>();
        for (Ranking.Divided division : ranking.divisions()) {
            if (division.seconds() < Double.POSITIVE_INFINITY) {
                add(division, all);
            }
        }
        all.sort(Comparator.comparingDouble(Candidate::seconds));
        Set<String> algorithms = new HashSet<>();
        Set<String> first = all.stream()
                .filter(candidate -> algorithms.add(candidate.algorithm()))
                .limit(most)
                .map(Candidate::text)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> taken = new HashSet<>(first);
        for (Candidate candidate : all) {
            if (taken.size() < most) {
                taken.add(candidate.text());
            }
        }
        return all.stream()
                .map(Candidate::text)
                .distinct()
                .filter(taken::contains)
                .toList();
    }

    /// Where a division has several kernels, one of them at a time has another schedule than its best.
    private static void add(Ranking.Divided division, List<Candidate> all) {
        Group group = division.cheapest().group();
        TensorNames names = TensorNames.numbered(group);
        String algorithm = group.stages().stream()
                .filter(stage -> !Staging.isLoad(stage))
                .map(Stage::name)
                .collect(Collectors.joining(" "));
        for (Ranking.RankedKernel kernel : division.kernels()) {
            for (Ranking.Candidate candidate : kernel.candidates()) {
                if (candidate.seconds() < Double.POSITIVE_INFINITY) {
                    Map<Stage, StagePlan> plans =
                            new LinkedHashMap<>(division.cheapest().schedule().plans());
                    plans.putAll(candidate.plans());
                    double seconds = division.seconds() - kernel.best().seconds() + candidate.seconds();
                    all.add(new Candidate(ScheduleText.print(group, new Schedule(plans), names), algorithm, seconds));
                }
            }
        }
    }
}
