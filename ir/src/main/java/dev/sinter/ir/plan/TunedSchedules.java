package dev.sinter.ir.plan;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Legality;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.schedule.TensorNames;
import dev.sinter.ir.schedule.TunedKernel;
import dev.sinter.ir.schedule.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The schedules that were measured for groups of a network. One that does not fit its group any more is passed over.
final class TunedSchedules {
    private final Tuning tuning;
    private final Target target;
    private final List<UnfitTuning> unfit = new ArrayList<>();

    /// @param cluster the algorithm that the schedule is for
    record Found(Cluster cluster, ScheduledGroup scheduled, Place place) {}

    /// What became of one entry.
    private sealed interface Answer {
        record Fits(Found found) implements Answer {}

        record No(String reason) implements Answer {}
    }

    TunedSchedules(Tuning tuning, Target target) {
        this.tuning = tuning;
        this.target = target;
    }

    /// @param form of the first of `algorithms`
    Optional<Found> find(String form, List<Cluster> algorithms, Layouts layouts) {
        for (TunedKernel entry : tuning.find(form)) {
            switch (answer(entry, algorithms, layouts)) {
                case Answer.Fits(Found found) -> {
                    return Optional.of(found);
                }
                case Answer.No(String reason) -> note(new UnfitTuning(entry.place(), reason));
            }
        }
        return Optional.empty();
    }

    private void note(UnfitTuning one) {
        if (!unfit.contains(one)) {
            unfit.add(one);
        }
    }

    List<UnfitTuning> unfit() {
        return List.copyOf(unfit);
    }

    private Answer answer(TunedKernel entry, List<Cluster> algorithms, Layouts layouts) {
        for (Cluster cluster : algorithms) {
            Group group = cluster.group();
            if (entry.written().isFor(group)) {
                return answer(entry, cluster, group, layouts);
            }
        }
        return new Answer.No("it has a stage that "
                + KernelForm.words(algorithms.getFirst().group()) + " does not have, whatever the algorithm");
    }

    private Answer answer(TunedKernel entry, Cluster cluster, Group group, Layouts layouts) {
        TensorNames names = TensorNames.numbered(group);
        Group staged;
        Schedule schedule;
        try {
            staged = entry.written().staged(group, names);
            schedule = entry.written().resolve(staged, names).schedule();
        } catch (CompileException fault) {
            return new Answer.No(fault.fact());
        }
        Optional<Legality.Illegal> illegal = WrittenSchedules.firstBroken(staged, schedule, layouts);
        if (illegal.isPresent()) {
            Legality.Illegal rule = illegal.get();
            return new Answer.No(
                    rule.stage() + " " + rule.fact() + "; " + rule.rule().sentence());
        }
        return tooLarge(staged, schedule, layouts)
                .<Answer>map(Answer.No::new)
                .orElseGet(
                        () -> new Answer.Fits(new Found(cluster, new ScheduledGroup(staged, schedule), entry.place())));
    }

    private Optional<String> tooLarge(Group group, Schedule schedule, Layouts layouts) {
        for (Kernels.Part part : Kernels.of(group, schedule::stores).parts()) {
            Demand demand = Lowering.check(part, schedule, layouts).orThrow();
            Kernel kernel = Lowering.lower(demand, layouts, new Identifiers());
            Optional<String> lacking = KernelRoom.lacking(kernel, target);
            if (lacking.isPresent()) {
                return lacking;
            }
        }
        return Optional.empty();
    }
}
