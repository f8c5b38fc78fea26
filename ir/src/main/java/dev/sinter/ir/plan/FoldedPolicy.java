package dev.sinter.ir.plan;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Staging;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/// The policy for kernels on integers that become hardware: of all ways to divide a group between kernels, and to fold
/// what each multiplies onto some multipliers, the smallest that keeps the pace.
///
/// @param constant what is known when the hardware is made: it stays where it is, and is never brought in
record FoldedPolicy(Folding folding, Predicate<Source> constant) implements Policy {
    /// How large a multiplier of bytes is, in look-up tables; all sizes here are guesses that put candidates in order.
    private static final double MULTIPLIER = 130;

    /// How large is what each channel computed at once has of its own: a sum, and what makes a byte of it.
    private static final double CHANNEL = 200;

    /// How large a kernel is that computes nothing.
    private static final double KERNEL = 100;

    private static final Comparator<Candidate> ORDER =
            Comparator.comparingDouble(Candidate::iterations).thenComparingDouble(Candidate::size);

    /// A legal schedule.
    ///
    /// @param iterations how many a frame takes of the slowest kernel, where they are more than the pace has
    private record Candidate(Map<Stage, StagePlan> plans, double iterations, double size) {
        /// This, with another kernel beside it.
        Candidate with(Candidate other) {
            Map<Stage, StagePlan> both = new LinkedHashMap<>(plans);
            both.putAll(other.plans);
            return new Candidate(both, Math.max(iterations, other.iterations), size + other.size);
        }
    }

    @Override
    public ScheduledGroup schedule(Group group, Target target, Layouts layouts) {
        Optional<Candidate> best = Optional.empty();
        Group chosen = group;
        for (Set<Stage> cut : Cuts.of(group)) {
            Division division = Division.staged(group, cut, constant.negate(), _ -> List.of());
            Optional<Candidate> candidate = best(division, layouts);
            boolean better =
                    candidate.isPresent() && (best.isEmpty() || ORDER.compare(candidate.get(), best.get()) < 0);
            if (better) {
                best = candidate;
                chosen = division.group();
            }
        }
        if (best.isPresent()) {
            return new ScheduledGroup(chosen, new Schedule(best.get().plans()));
        }
        Division plain = new Division(group, Cuts.safest(group), FpgaCandidates::plain, true);
        return Ranking.of(List.of(plain), target, layouts).best(group.name());
    }

    /// The best schedules of all kernels of a division; none if one of them has no legal one.
    private Optional<Candidate> best(Division division, Layouts layouts) {
        Candidate all = new Candidate(Map.of(), 0, 0);
        for (Kernels.Part part : division.kernels()) {
            Candidate before = all;
            Optional<Candidate> with = folds(part).stream()
                    .map(fold -> before.with(candidate(part, fold)))
                    .sorted(ORDER)
                    .filter(candidate ->
                            Lowering.check(part, new Schedule(candidate.plans()), layouts) instanceof Demand)
                    .findFirst();
            if (with.isEmpty()) {
                return with;
            }
            all = with.get();
        }
        Schedule schedule = new Schedule(all.plans());
        boolean legal =
                division.kernels().stream().allMatch(part -> Lowering.check(part, schedule, layouts) instanceof Demand);
        return legal ? Optional.of(all) : Optional.empty();
    }

    private Candidate candidate(Kernels.Part part, FoldedSchedule.Fold fold) {
        double iterations = iterations(part, fold);
        return new Candidate(
                FoldedSchedule.of(part, fold),
                iterations > folding.pace() ? iterations : 0,
                KERNEL + CHANNEL * fold.channels() + MULTIPLIER * fold.multipliers());
    }

    /// How many iterations a frame takes: those that multiply, and those that bring in what is multiplied.
    private static double iterations(Kernels.Part part, FoldedSchedule.Fold fold) {
        Stage root = part.root();
        double computed = extent(root.axes()) * extent(root.reduction()) / fold.channels();
        for (Stage stage : part.stages()) {
            if (stage != root && stage.reduces()) {
                computed *= extent(stage.reduction());
            }
        }
        double brought = part.stages().stream()
                .filter(Staging::isLoad)
                .mapToDouble(load -> extent(load.axes()))
                .sum();
        return computed / (fold.inputs() * fold.columns()) + brought;
    }

    private static double extent(List<Axis> axes) {
        return axes.stream().mapToDouble(Axis::extent).reduce(1, (a, b) -> a * b);
    }

    private List<FoldedSchedule.Fold> folds(Kernels.Part part) {
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
        folds.removeIf(fold -> fold.multipliers() > folding.multipliers());
        return folds;
    }

    private static List<Long> divisors(long number) {
        return LongStream.rangeClosed(1, number)
                .filter(divisor -> number % divisor == 0)
                .boxed()
                .toList();
    }
}
