package dev.sinter.ir.plan;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Legality;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.ScheduleRule;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.schedule.WrittenStep;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The schedules that a file has for steps of a network, and those of another policy for the others.
final class WrittenSchedules implements Policy {
    /// Beyond it, indices are no numbers that any kernel could count to.
    private static final long FURTHEST = Integer.MAX_VALUE;

    private final Map<Source, WrittenStep> steps;
    private final Policy others;

    private WrittenSchedules(Map<Source, WrittenStep> steps, Policy others) {
        this.steps = Collections.unmodifiableMap(steps);
        this.others = others;
    }

    /// @param clusters all of the network
    /// @throws CompileException if the file has a step that is none of theirs
    static WrittenSchedules of(ScheduleFile file, List<Cluster> clusters, Policy others) {
        StepNames names = new StepNames(clusters);
        Map<Source, WrittenStep> steps = new IdentityHashMap<>();
        for (WrittenStep step : file.steps()) {
            names.find(step.name()).outputs().forEach(output -> steps.put(output, step));
        }
        return new WrittenSchedules(steps, others);
    }

    /// True if a file has a schedule for the cluster.
    boolean has(Cluster cluster) {
        return steps.containsKey(cluster.output());
    }

    /// Where the schedule of a cluster is written; empty if it is the other policy's.
    Optional<Place> place(Cluster cluster) {
        return Optional.ofNullable(steps.get(cluster.output()))
                .map(step -> step.name().place());
    }

    /// True if the schedule that a file has for what the group computes is one of this group's stages.
    boolean isFor(Group group) {
        WrittenStep step = steps.get(group.output());
        return step != null && step.isFor(group);
    }

    /// @throws CompileException if the file's schedule does not fit the group, or breaks a rule
    @Override
    public ScheduledGroup schedule(Group group, Target target, Layouts layouts) {
        WrittenStep step = steps.get(group.output());
        if (step == null) {
            return others.schedule(group, target, layouts);
        }
        Group staged = step.staged(group);
        WrittenStep.Resolved resolved = step.resolve(staged);
        Schedule schedule = resolved.schedule();
        firstBroken(staged, schedule, layouts).ifPresent(illegal -> {
            WrittenStep.Handle line = resolved.lines().get(illegal.stage());
            throw illegal.fault()
                    .at(line == null ? step.name().place() + " " + illegal.stage() : line.place() + " " + line);
        });
        return new ScheduledGroup(staged, schedule);
    }

    /// The first rule that a schedule of people breaks, if any.
    static Optional<Legality.Illegal> firstBroken(Group group, Schedule schedule, Layouts layouts) {
        return group.stages().stream()
                .flatMap(stage -> broken(stage, schedule).stream())
                .findFirst()
                .or(() -> Kernels.of(group, schedule::stores).parts().stream()
                        .flatMap(part -> switch (Lowering.check(part, schedule, layouts)) {
                            case Legality.Illegal illegal -> Stream.of(illegal);
                            case Demand _ -> Stream.empty();
                        })
                        .findFirst());
    }

    /// What only people get wrong.
    private static Optional<Legality.Illegal> broken(Stage stage, Schedule schedule) {
        if (!schedule.plans().containsKey(stage)) {
            return Optional.of(new Legality.Illegal(stage, ScheduleRule.PLANNED, "the step has no line for it"));
        }
        return schedule.plan(stage).loops().stream()
                .filter(loop -> loop.extent() > FURTHEST / loop.step())
                .findFirst()
                .map(loop -> tooFar(stage, loop));
    }

    private static Legality.Illegal tooFar(Stage stage, Loop loop) {
        return new Legality.Illegal(
                stage,
                ScheduleRule.COVERED,
                "a loop over " + loop.axis() + " takes " + loop.extent() + " steps of " + loop.step()
                        + " but there are " + loop.axis().extent() + " to cover");
    }
}
