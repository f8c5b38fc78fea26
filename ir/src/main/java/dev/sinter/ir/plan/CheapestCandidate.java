package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Target;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The policy that takes what is thought to cost least. Networks repeat themselves: what was found for one group is
/// taken for others of the same form.
final class CheapestCandidate implements Policy {
    private final Candidates candidates;
    private final Map<Question, Answer> known = new ConcurrentHashMap<>();

    private record Question(GroupForm form, Target target) {}

    /// @param division the first whose group was scheduled
    private record Answer(int division, ScheduledGroup chosen) {}

    CheapestCandidate(Candidates candidates) {
        this.candidates = candidates;
    }

    @Override
    public ScheduledGroup schedule(Group group, Target target, Layouts layouts) {
        List<Division> divisions = candidates.of(group, target);
        Question question = new Question(GroupForm.of(group, layouts), target);
        Answer answer = known.get(question);
        if (answer != null) {
            return moved(answer.chosen(), divisions.get(answer.division()).group());
        }
        ScheduledGroup best = Ranking.of(divisions, target, layouts).best(group.name());
        int division = divisions.stream().map(Division::group).toList().indexOf(best.group());
        known.put(question, new Answer(division, best));
        return best;
    }

    /// The schedule for a group of the same form.
    private static ScheduledGroup moved(ScheduledGroup chosen, Group group) {
        Map<Stage, Stage> stages = new IdentityHashMap<>();
        Map<Axis, Axis> axes = new IdentityHashMap<>();
        for (int place = 0; place < group.stages().size(); place++) {
            Stage before = chosen.group().stages().get(place);
            Stage now = group.stages().get(place);
            stages.put(before, now);
            put(before.axes(), now.axes(), axes);
            put(before.reduction(), now.reduction(), axes);
        }
        Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        chosen.schedule()
                .plans()
                .forEach((stage, plan) -> plans.put(
                        now(stage, stages),
                        new StagePlan(
                                moved(plan.placement(), stages),
                                plan.loops().stream()
                                        .map(loop -> moved(loop, axes))
                                        .toList())));
        return new ScheduledGroup(group, new Schedule(plans), chosen.seconds());
    }

    private static void put(List<Axis> before, List<Axis> now, Map<Axis, Axis> axes) {
        for (int place = 0; place < before.size(); place++) {
            axes.put(before.get(place), now.get(place));
        }
    }

    private static <T> T now(T before, Map<T, T> all) {
        return Expect.present(all.get(before), before);
    }

    private static Placement moved(Placement placement, Map<Stage, Stage> stages) {
        return switch (placement) {
            case Placement.At at -> new Placement.At(now(at.consumer(), stages), at.computed(), at.kept(), at.memory());
            case Placement.Inline _, Placement.Root _ -> placement;
        };
    }

    private static Loop moved(Loop loop, Map<Axis, Axis> axes) {
        return new Loop(now(loop.axis(), axes), loop.step(), loop.extent(), loop.kind(), loop.tail());
    }
}
