package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// Schedules for kernels on integers that become hardware: all ways to fold what a kernel multiplies onto some
/// multipliers, the most at once first.
///
/// @param multipliers how many a kernel may have
/// @param constant what is known when the hardware is made: it stays where it is, and is never brought in
record FoldedCandidates(long multipliers, Predicate<Source> constant) implements Candidates {
    FoldedCandidates {
        if (multipliers < 1) {
            throw new IllegalArgumentException(multipliers + " multipliers must be at least 1");
        }
    }

    @Override
    public List<Division> of(Group group, Target target) {
        List<Division> divisions = new ArrayList<>();
        for (Set<Stage> cut : Cuts.of(group)) {
            divisions.add(Division.staged(group, cut, constant.negate(), this::plans));
        }
        divisions.add(new Division(group, Cuts.safest(group), FpgaCandidates::plain, true));
        return divisions;
    }

    private List<Map<Stage, StagePlan>> plans(Kernels.Part part) {
        long channels =
                part.root().axes().size() > 1 ? part.root().axes().get(1).extent() : 1;
        List<Axis> sum = part.stages().stream()
                .filter(Cuts::isContraction)
                .map(Stage::reduction)
                .filter(axes -> !axes.isEmpty())
                .findFirst()
                .orElse(List.of());
        long inputs = sum.isEmpty() ? 1 : sum.getFirst().extent();
        long columns = sum.size() < 2 ? 1 : sum.getLast().extent();
        List<FoldedSchedule.Fold> folds = new ArrayList<>();
        for (long width : divisors(channels)) {
            for (long depth : divisors(inputs)) {
                folds.add(new FoldedSchedule.Fold(width, depth, 1));
            }
            divisors(columns).stream()
                    .filter(some -> some > 1)
                    .forEach(some -> folds.add(new FoldedSchedule.Fold(width, inputs, some)));
        }
        folds.removeIf(fold -> fold.multipliers() > multipliers);
        folds.sort(Comparator.comparingLong(FoldedSchedule.Fold::multipliers).reversed());
        return folds.stream().map(fold -> FoldedSchedule.of(part, fold)).toList();
    }

    private static List<Long> divisors(long number) {
        return LongStream.rangeClosed(1, number)
                .filter(divisor -> number % divisor == 0)
                .boxed()
                .toList();
    }
}
