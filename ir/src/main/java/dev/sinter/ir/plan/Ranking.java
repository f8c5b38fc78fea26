package dev.sinter.ir.plan;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Legality;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/// The candidates for a group, with what they are thought to cost.
///
/// @param divisions in the order in which they were proposed
public record Ranking(List<Divided> divisions) {
    /// What became of one candidate.
    public sealed interface Verdict {
        /// It breaks a rule.
        record Refused(Legality.Illegal illegal) implements Verdict {}

        /// It needs more of something than the target has.
        record TooLarge(String fact) implements Verdict {}

        /// @param seconds estimated, with the launch
        record Costs(double seconds) implements Verdict {}
    }

    /// A schedule for one kernel.
    public record Candidate(Map<Stage, StagePlan> plans, Verdict verdict) {
        /// Infinite if it cannot be taken.
        public double seconds() {
            return switch (verdict) {
                case Verdict.Costs(double seconds) -> seconds;
                case Verdict.Refused _, Verdict.TooLarge _ -> Double.POSITIVE_INFINITY;
            };
        }
    }

    /// One kernel, and the candidates for it.
    public record RankedKernel(Stage root, List<Candidate> candidates) {
        public RankedKernel {
            candidates = List.copyOf(candidates);
        }

        /// The first of those that cost least; none where all are refused.
        public Candidate best() {
            Candidate best = candidates.getFirst();
            for (Candidate candidate : candidates) {
                if (candidate.seconds() < best.seconds()) {
                    best = candidate;
                }
            }
            return best;
        }
    }

    /// A group divided between kernels.
    ///
    /// @param cheapest the best candidates of all kernels together
    /// @param legal false where those do not go together: a stage has one plan, whatever kernels it is in
    public record Divided(ScheduledGroup cheapest, List<RankedKernel> kernels, boolean legal) {
        public Divided {
            kernels = List.copyOf(kernels);
        }

        /// Kernels that are linked by channels run at the same time, others one after the other.
        public double seconds() {
            if (!legal) {
                return Double.POSITIVE_INFINITY;
            }
            DoubleStream each =
                    kernels.stream().mapToDouble(kernel -> kernel.best().seconds());
            boolean linked =
                    kernels.stream().anyMatch(kernel -> cheapest.schedule().isChannel(kernel.root()));
            return linked ? each.max().orElse(0) : each.sum();
        }
    }

    public Ranking {
        divisions = List.copyOf(divisions);
    }

    static Ranking of(List<Division> divisions, Target target, Layouts layouts) {
        List<Divided> ranked = new ArrayList<>();
        for (Division division : divisions) {
            boolean found = ranked.stream().anyMatch(other -> other.seconds() < Double.POSITIVE_INFINITY);
            if (!division.lastResort() || !found) {
                ranked.add(divided(division, target, layouts));
            }
        }
        return new Ranking(ranked);
    }

    /// The first of those that cost least.
    ///
    /// @throws CompilerFault if there is none without faults
    ScheduledGroup best(String name) {
        Divided best = divisions.getFirst();
        for (Divided division : divisions) {
            if (division.seconds() < best.seconds()) {
                best = division;
            }
        }
        if (best.seconds() == Double.POSITIVE_INFINITY) {
            throw new CompilerFault("no candidate schedule of " + name + " is legal");
        }
        ScheduledGroup cheapest = best.cheapest();
        return new ScheduledGroup(cheapest.group(), cheapest.schedule(), best.seconds());
    }

    private static Divided divided(Division division, Target target, Layouts layouts) {
        List<RankedKernel> kernels = new ArrayList<>();
        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        List<Kernels.Part> parts = division.kernels();
        for (Kernels.Part part : parts) {
            // What a kernel reads from a channel comes in the order of the kernel that writes it.
            Map<Stage, StagePlan> before = Map.copyOf(plans);
            List<Candidate> candidates = division.plans().apply(part).stream()
                    .map(plan -> {
                        Map<Stage, StagePlan> all = new LinkedHashMap<>(before);
                        all.putAll(plan);
                        return new Candidate(
                                plan, verdict(part, new Schedule(all), target, layouts, division.lastResort()));
                    })
                    .toList();
            RankedKernel kernel = new RankedKernel(part.root(), candidates);
            kernels.add(kernel);
            plans.putAll(kernel.best().plans());
        }
        Schedule schedule = new Schedule(plans);
        boolean legal = parts.stream().allMatch(part -> Lowering.check(part, schedule, layouts) instanceof Demand);
        return new Divided(new ScheduledGroup(division.group(), schedule), kernels, legal);
    }

    /// @param whatever true where a kernel that is too large is better than none
    private static Verdict verdict(
            Kernels.Part part, Schedule schedule, Target target, Layouts layouts, boolean whatever) {
        return switch (Lowering.check(part, schedule, layouts)) {
            case Legality.Illegal illegal -> new Verdict.Refused(illegal);
            case Demand demand -> {
                Kernel kernel = Lowering.lower(demand, layouts, new Identifiers());
                yield KernelRoom.lacking(kernel, target)
                        .filter(_ -> !whatever)
                        .<Verdict>map(Verdict.TooLarge::new)
                        .orElseGet(
                                () -> new Verdict.Costs(KernelCost.seconds(kernel, target) + target.launchOverhead()));
            }
        };
    }
}
