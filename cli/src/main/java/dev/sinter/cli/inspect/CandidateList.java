package dev.sinter.cli.inspect;

import dev.sinter.cli.terminal.Quantity;
import dev.sinter.ir.plan.Ranking;
import dev.sinter.ir.plan.Ranking.Candidate;
import dev.sinter.ir.plan.Ranking.Verdict;
import dev.sinter.ir.plan.ScheduleOrigin;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Legality.Illegal;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.ScheduleText;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All that the compiler considers for one step, as text.
public final class CandidateList {
    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private CandidateList() {}

    /// @param title what the candidates are for
    /// @param step as it is planned, whose schedule need not be one of them
    public static String print(String title, Step step, Ranking ranking) {
        CandidateList list = new CandidateList();
        list.text.append(title).append('\n');
        boolean cheapest = step.origin() instanceof ScheduleOrigin.Chosen;
        if (!cheapest) {
            list.taken(step);
        }
        List<Ranking.Divided> divisions = ranking.divisions().stream()
                .sorted(Comparator.comparingDouble(Ranking.Divided::seconds))
                .toList();
        for (Ranking.Divided division : divisions) {
            list.division(division, cheapest && division == divisions.getFirst());
        }
        return list.text.toString();
    }

    /// A schedule from a file, which is taken whatever the cost model makes of others.
    private void taken(Step step) {
        step.writtenAt().ifPresent(place -> text.append("\nschedule ").append(place));
        step.tunedAt().ifPresent(place -> text.append("\ntuned schedule ").append(place));
        text.append(", taken\n");
        schedule(step.group(), step.schedule());
    }

    private void schedule(Group group, Schedule schedule) {
        text.append(ScheduleText.print(group, schedule).indent(3 * INDENT.length()));
    }

    private void division(Ranking.Divided division, boolean taken) {
        text.append('\n').append(Quantity.of(division.kernels().size(), "kernel"));
        text.append(", ").append(cost(division.seconds())).append(taken ? ", taken\n" : "\n");
        for (Ranking.RankedKernel kernel : division.kernels()) {
            if (division.kernels().size() > 1) {
                text.append(INDENT).append("kernel of ").append(kernel.root()).append('\n');
            }
            kernel(division.cheapest().group(), kernel);
        }
    }

    private void kernel(Group group, Ranking.RankedKernel kernel) {
        kernel.candidates().stream()
                .filter(candidate -> candidate.verdict() instanceof Verdict.Costs)
                .sorted(Comparator.comparingDouble(Candidate::seconds))
                .forEach(candidate -> {
                    text.append(INDENT.repeat(2))
                            .append(cost(candidate.seconds()))
                            .append('\n');
                    schedule(group, new Schedule(candidate.plans()));
                });
        Map<String, Integer> refusals = new LinkedHashMap<>();
        for (Candidate candidate : kernel.candidates()) {
            switch (candidate.verdict()) {
                case Verdict.Costs _ -> {}
                case Verdict.Refused(Illegal illegal) ->
                    refusals.merge(
                            "illegal: " + illegal.stage() + " " + illegal.fact() + "; "
                                    + illegal.rule().sentence(),
                            1,
                            Integer::sum);
                case Verdict.TooLarge(String fact) -> refusals.merge("too large: " + fact, 1, Integer::sum);
            }
        }
        refusals.forEach((reason, times) -> text.append(INDENT.repeat(2))
                .append(Quantity.of(times, "candidate"))
                .append(' ')
                .append(reason)
                .append('\n'));
    }

    private static String cost(double seconds) {
        return Double.isInfinite(seconds) ? "no legal schedule" : Quantity.seconds(seconds);
    }
}
