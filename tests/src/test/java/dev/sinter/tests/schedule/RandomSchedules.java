package dev.sinter.tests.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.lower.Layouts;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.plan.Policy;
import dev.sinter.ir.plan.ScheduledGroup;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Legality;
import dev.sinter.ir.schedule.Loop;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Memory;
import dev.sinter.ir.schedule.Placement;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.ScheduleRule;
import dev.sinter.ir.schedule.ScheduleText;
import dev.sinter.ir.schedule.StagePlan;
import dev.sinter.ir.schedule.Tail;
import dev.sinter.ir.schedule.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;

/// Schedules that nobody would write, as far as no rule forbids them.
@NullMarked
public final class RandomSchedules implements Policy {
    private static final int TRIES = 60;

    /// More would make evaluation slow.
    private static final long MOST_UNROLLED = 64;

    private final Random random;
    private final Map<ScheduleRule, Integer> refused = new EnumMap<>(ScheduleRule.class);
    private final Map<String, Integer> taken = new TreeMap<>();

    private final Map<String, String> texts = new LinkedHashMap<>();

    public RandomSchedules(long seed) {
        this.random = new Random(seed);
    }

    /// The schedules by the group that they are for.
    Map<String, String> texts() {
        return texts;
    }

    /// How often each rule spoke.
    Map<ScheduleRule, Integer> refused() {
        return refused;
    }

    /// How often legal schedules had what the key says.
    Map<String, Integer> taken() {
        return taken;
    }

    @Override
    public ScheduledGroup schedule(Group group, Target target, Layouts layouts) {
        for (int tried = 0; tried < TRIES; tried++) {
            Schedule schedule = new Draft(group).schedule();
            List<Legality> verdicts = Kernels.of(group, schedule::stores).parts().stream()
                    .map(part -> Lowering.check(part, schedule, layouts))
                    .toList();
            if (verdicts.stream().allMatch(Demand.class::isInstance)) {
                schedule.plans().values().forEach(this::note);
                texts.put(group.name(), ScheduleText.print(group, schedule));
                return new ScheduledGroup(group, schedule);
            }
            verdicts.forEach(verdict -> {
                if (verdict instanceof Legality.Illegal illegal) {
                    refused.merge(illegal.rule(), 1, Integer::sum);
                }
            });
        }
        taken.merge("default", 1, Integer::sum);
        return Policy.of(target).schedule(group, target, layouts);
    }

    private void note(StagePlan plan) {
        if (plan.placement() instanceof Placement.At at) {
            taken.merge("at " + at.memory().getClass().getSimpleName(), 1, Integer::sum);
            if (at.kept() < at.computed()) {
                taken.merge("kept", 1, Integer::sum);
            }
        }
        for (Loop loop : plan.loops()) {
            taken.merge(loop.kind().getClass().getSimpleName(), 1, Integer::sum);
            taken.merge(loop.tail().name(), 1, Integer::sum);
        }
    }

    private boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /// One try.
    private final class Draft {
        private final Group group;
        private final Map<Stage, StagePlan> plans = new LinkedHashMap<>();
        private final Set<Stage> stored = Collections.newSetFromMap(new IdentityHashMap<>());
        private final boolean items = random.nextBoolean();
        private final List<Long> sizes =
                List.of(2 + random.nextLong(3), once(2) ? 1L : 1 + random.nextLong(3), once(4) ? 2L : 1L);

        private Draft(Group group) {
            this.group = group;
        }

        private Schedule schedule() {
            stored.add(group.root());
            group.stages().stream().filter(_ -> once(6)).forEach(stored::add);
            for (Stage stage : group.stages().reversed()) {
                plans.put(stage, plan(stage));
            }
            return new Schedule(plans);
        }

        private StagePlan plan(Stage stage) {
            if (stored.contains(stage)) {
                return new StagePlan(Placement.ROOT, root(stage));
            }
            List<Stage> consumers = group.stages().stream()
                    .filter(other -> plans.get(other) instanceof StagePlan(var placement, _)
                            && !(placement instanceof Placement.Inline))
                    .toList();
            if (!stage.reduces() && once(2) || consumers.isEmpty()) {
                return StagePlan.INLINE;
            }
            Stage consumer = any(consumers);
            List<Loop> around =
                    java.util.Objects.requireNonNull(plans.get(consumer)).loops();
            int first = 0;
            while (first < around.size() && around.get(first).kind() instanceof LoopKind.Global && !once(20)) {
                first++;
            }
            boolean shared = items && once(2);
            while (!shared && first < around.size() && around.get(first).kind().isParallel()) {
                first++;
            }
            int computed = first + random.nextInt(around.size() - first + 1);
            int kept = once(2) ? first + random.nextInt(computed - first + 1) : computed;
            Memory memory = shared ? Memory.LOCAL : Memory.REGISTERS;
            return new StagePlan(new Placement.At(consumer, computed, kept, memory), inner(stage, shared));
        }

        private List<Loop> root(Stage stage) {
            List<Loop> groups = new ArrayList<>();
            List<Loop> members = new ArrayList<>();
            List<Loop> rest = new ArrayList<>();
            Map<Axis, List<Integer>> shared = items ? dealt(stage, 1) : Map.of();
            for (Axis axis : stage.axes()) {
                long tile = once(2) ? 1 : 1 + random.nextLong(Math.min(5, axis.extent()));
                if (tile > 1) {
                    rest.add(new Loop(axis, 1, tile, inTurn(tile)));
                }
                long step = members(axis, tile, shared, members);
                long left = Math.ceilDiv(axis.extent(), step);
                if (once(2)) {
                    groups.add(new Loop(axis, step, left, new LoopKind.Global(random.nextInt(3))));
                } else {
                    rest.add(serial(axis, step, left));
                }
            }
            stage.reduction().forEach(axis -> reduction(axis, shared, members, rest));
            Collections.shuffle(groups, random);
            Collections.shuffle(members, random);
            List<Loop> loops = new ArrayList<>(groups);
            loops.addAll(members);
            loops.addAll(ordered(rest));
            return loops;
        }

        /// Which dimensions of the work-group go along which axis.
        private Map<Axis, List<Integer>> dealt(Stage stage, int idle) {
            Map<Axis, List<Integer>> dealt = new IdentityHashMap<>();
            List<Axis> axes = new ArrayList<>(stage.axes());
            axes.addAll(stage.reduction());
            for (int dimension = 0; dimension < sizes.size() && !axes.isEmpty(); dimension++) {
                if (sizes.get(dimension) > 1 && !(idle > 1 && once(idle))) {
                    dealt.computeIfAbsent(any(axes), _ -> new ArrayList<>()).add(dimension);
                }
            }
            return dealt;
        }

        /// Loops of work-items from `step` on; what the next loop over the axis steps by.
        private long members(Axis axis, long step, Map<Axis, List<Integer>> shared, List<Loop> members) {
            long next = step;
            for (int dimension : shared.getOrDefault(axis, List.of())) {
                members.add(new Loop(axis, next, sizes.get(dimension), new LoopKind.Local(dimension)));
                next *= sizes.get(dimension);
            }
            return next;
        }

        private List<Loop> inner(Stage stage, boolean local) {
            List<Loop> members = new ArrayList<>();
            List<Loop> rest = new ArrayList<>();
            Map<Axis, List<Integer>> shared = local ? dealt(stage, 4) : Map.of();
            for (Axis axis : stage.axes()) {
                if (once(6) && !shared.containsKey(axis)) {
                    continue;
                }
                long step = members(axis, 1, shared, members);
                rest.add(new Loop(axis, step, 0, step == 1 && once(3) ? LoopKind.UNROLL : LoopKind.SERIAL));
            }
            stage.reduction().forEach(axis -> reduction(axis, shared, members, rest));
            List<Loop> loops = new ArrayList<>(members);
            loops.addAll(ordered(rest));
            return loops;
        }

        private void reduction(Axis axis, Map<Axis, List<Integer>> shared, List<Loop> members, List<Loop> rest) {
            long step = members(axis, 1, shared, members);
            long tile = once(3) ? 1 + random.nextLong(4) : 1;
            if (tile > 1) {
                rest.add(new Loop(axis, step, tile, inTurn(tile)));
            }
            rest.add(serial(axis, step * tile, Math.ceilDiv(axis.extent(), step * tile)));
        }

        /// A vector may only be innermost.
        private List<Loop> ordered(List<Loop> loops) {
            Collections.shuffle(loops, random);
            if (!loops.isEmpty() && once(3)) {
                Loop last = loops.removeLast();
                boolean small = last.extent() <= 16 && last.step() == 1;
                loops.add(small ? new Loop(last.axis(), 1, last.extent(), LoopKind.VECTOR) : last);
            }
            return loops;
        }

        private LoopKind inTurn(long extent) {
            return extent <= MOST_UNROLLED && once(2) ? LoopKind.UNROLL : LoopKind.SERIAL;
        }

        private Loop serial(Axis axis, long step, long extent) {
            Tail tail = step == 1 || once(2) ? Tail.GUARD : once(2) ? Tail.PEEL : Tail.OVERLAP;
            return new Loop(axis, step, extent, once(4) ? new LoopKind.Pipeline(1) : LoopKind.SERIAL, tail);
        }
    }
}
