package dev.sinter.cli.inspect;

import dev.sinter.cli.terminal.Quantity;
import dev.sinter.ir.plan.Ranking;
import dev.sinter.ir.plan.Ranking.Candidate;
import dev.sinter.ir.plan.Ranking.Verdict;
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
    public static String print(String title, Ranking ranking) {
        CandidateList list = new CandidateList();
        list.text.append(title).append('\n');
        List<Ranking.Divided> divisions = ranking.divisions().stream()
                .sorted(Comparator.comparingDouble(Ranking.Divided::seconds))
                .toList();
        for (Ranking.Divided division : divisions) {
            list.division(division, division == divisions.getFirst());
        }
        return list.text.toString();
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
                    text.append(ScheduleText.print(group, new Schedule(candidate.plans()))
                            .indent(3 * INDENT.length()));
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
