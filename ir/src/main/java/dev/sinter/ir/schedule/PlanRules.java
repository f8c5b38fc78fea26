package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The rules that the plans of one kernel must keep to, whatever is demanded.
final class PlanRules {
    private final Kernels.Part part;
    private final Schedule schedule;

    PlanRules(Kernels.Part part, Schedule schedule) {
        this.part = part;
        this.schedule = schedule;
    }

    Optional<Legality.Illegal> firstBroken() {
        return part.stages().stream()
                .map(this::broken)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<Legality.Illegal> broken(Stage stage) {
        if (!schedule.plans().containsKey(stage)) {
            return illegal(stage, ScheduleRule.PLANNED, "the schedule has no plan for it");
        }
        StagePlan plan = schedule.plan(stage);
        return placement(stage, plan).or(() -> loops(stage, plan)).or(() -> coverage(stage, plan));
    }

    private static Optional<Legality.Illegal> illegal(Stage stage, ScheduleRule rule, String fact) {
        return Optional.of(new Legality.Illegal(stage, rule, fact));
    }

    private Optional<Legality.Illegal> placement(Stage stage, StagePlan plan) {
        boolean root = stage == part.root();
        return switch (plan.placement()) {
            case Placement.Root(Memory memory) -> {
                if (!root) {
                    yield illegal(stage, ScheduleRule.RESULT_STORED, "has no memory among those that are stored");
                }
                yield memory instanceof Memory.Registers || memory instanceof Memory.Local
                        ? illegal(
                                stage,
                                ScheduleRule.RESULT_STORED,
                                "has a kernel of its own but is in "
                                        + (memory instanceof Memory.Local ? "local memory" : "registers"))
                        : Optional.empty();
            }
            case Placement.Inline() -> {
                if (part.written().containsKey(stage)) {
                    yield illegal(stage, ScheduleRule.RESULT_STORED, "is a result but inlined");
                }
                yield stage.reduces()
                        ? illegal(
                                stage,
                                ScheduleRule.INLINE_MAPS,
                                "reduces over " + stage.reduction() + " but is inlined")
                        : Optional.empty();
            }
            case Placement.At at ->
                root
                        ? illegal(
                                stage,
                                ScheduleRule.RESULT_STORED,
                                "is the result but computed inside of " + at.consumer())
                        : at(stage, at);
        };
    }

    private Optional<Legality.Illegal> at(Stage stage, Placement.At at) {
        Stage consumer = at.consumer();
        boolean reads = part.stages().indexOf(consumer) > part.stages().indexOf(stage)
                && schedule.plans().containsKey(consumer)
                && !(schedule.plan(consumer).placement() instanceof Placement.Inline);
        if (!reads) {
            return illegal(
                    stage,
                    ScheduleRule.CONSUMER_READS,
                    "is computed inside of " + consumer + ", which has no loops for it");
        }
        List<Loop> loops = schedule.plan(consumer).loops();
        if (at.computed() > loops.size()) {
            return illegal(
                    stage,
                    ScheduleRule.LOOPS_THERE,
                    "is computed inside " + at.computed() + " loops but " + consumer + " has " + loops.size());
        }
        if (loops.subList(0, at.computed()).stream().anyMatch(loop -> loop.kind() instanceof LoopKind.Vector)) {
            return illegal(stage, ScheduleRule.VECTOR_INNERMOST, "is computed inside of a vector loop of " + consumer);
        }
        List<Loop> inner = loops.subList(at.kept(), loops.size());
        return switch (at.memory()) {
            case Memory.Registers() -> withinWorkItem(stage, at, inner, "in registers");
            case Memory.Local() ->
                inner.stream().anyMatch(loop -> loop.kind() instanceof LoopKind.Global)
                        ? illegal(
                                stage,
                                ScheduleRule.WITHIN_WORK_GROUP,
                                "is in local memory outside of the work-groups of " + consumer)
                        : Optional.empty();
            case Memory.Buffer() ->
                part.written().containsKey(stage)
                        ? withinWorkItem(stage, at, inner, "computed")
                        : illegal(stage, ScheduleRule.RESULT_STORED, "is no result but in memory that a kernel shares");
            case Memory.Channel _ ->
                illegal(stage, ScheduleRule.CHANNEL_ORDER, "goes through a channel inside of a kernel");
        };
    }

    private static Optional<Legality.Illegal> withinWorkItem(
            Stage stage, Placement.At at, List<Loop> inner, String where) {
        return inner.stream().anyMatch(loop -> loop.kind().isParallel())
                ? illegal(
                        stage,
                        ScheduleRule.WITHIN_WORK_ITEM,
                        "is " + where + " outside of the work-items of " + at.consumer())
                : Optional.empty();
    }

    private Optional<Legality.Illegal> loops(Stage stage, StagePlan plan) {
        List<Loop> loops = plan.loops();
        boolean serialBefore = false;
        for (int depth = 0; depth < loops.size(); depth++) {
            Loop loop = loops.get(depth);
            boolean reduces = stage.reduction().contains(loop.axis());
            if (!reduces && !stage.axes().contains(loop.axis())) {
                return illegal(
                        stage, ScheduleRule.OWN_AXES, "has a loop over " + loop.axis() + ", which is none of its axes");
            }
            if (reduces && loop.isOverDemand()) {
                return illegal(
                        stage,
                        ScheduleRule.WHOLE_REDUCTION,
                        "reduction axis " + loop.axis() + " cannot be computed in part");
            }
            if (reduces && loop.tail() == Tail.OVERLAP) {
                return illegal(
                        stage,
                        ScheduleRule.WHOLE_REDUCTION,
                        "has tiles that overlap along " + loop.axis() + ", whose points would count twice");
            }
            if (reduces && loop.kind() instanceof LoopKind.Global) {
                return illegal(
                        stage,
                        ScheduleRule.WHOLE_REDUCTION,
                        "has work-groups along " + loop.axis() + ", which could not merge their parts");
            }
            if (loop.kind() instanceof LoopKind.Vector && (reduces || depth < loops.size() - 1)) {
                return illegal(
                        stage,
                        ScheduleRule.VECTOR_INNERMOST,
                        "has a vector loop over " + loop.axis()
                                + (reduces ? ", which it reduces" : " with loops inside"));
            }
            if (loop.kind().isParallel()) {
                if (serialBefore) {
                    return illegal(
                            stage,
                            ScheduleRule.PARALLEL_OUTERMOST,
                            "has work-items along " + loop.axis() + " inside of a loop");
                }
                if (!mayBeParallel(stage, plan, loop)) {
                    return illegal(
                            stage,
                            ScheduleRule.PARALLEL_OUTERMOST,
                            "has work-items along " + loop.axis() + " but is computed by those of another stage");
                }
            }
            boolean shared = loop.tail() == Tail.OVERLAP
                    && loops.stream()
                            .anyMatch(other ->
                                    other.axis() == loop.axis() && other.kind().isParallel());
            if (shared) {
                return illegal(
                        stage,
                        ScheduleRule.TAIL_IN_TURN,
                        "has tiles that overlap along " + loop.axis() + ", which work-items share");
            }
            if (loop.tail() != Tail.GUARD && !loop.kind().isInTurn()) {
                return illegal(
                        stage,
                        ScheduleRule.TAIL_IN_TURN,
                        "has a tail that is to " + (loop.tail() == Tail.PEEL ? "be peeled off" : "overlap")
                                + " in its loop over " + loop.axis());
            }
            serialBefore |= !loop.kind().isParallel();
        }
        return Optional.empty();
    }

    private boolean mayBeParallel(Stage stage, StagePlan plan, Loop loop) {
        return stage == part.root()
                || loop.kind() instanceof LoopKind.Local
                        && plan.placement() instanceof Placement.At at
                        && at.memory() instanceof Memory.Local;
    }

    private Optional<Legality.Illegal> coverage(Stage stage, StagePlan plan) {
        if (plan.placement() instanceof Placement.Inline) {
            return Optional.empty();
        }
        return Stream.concat(stage.axes().stream(), stage.reduction().stream())
                .map(axis -> coverage(stage, plan, axis))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Legality.Illegal> coverage(Stage stage, StagePlan plan, Axis axis) {
        List<Loop> own = new ArrayList<>(plan.loops());
        own.removeIf(loop -> loop.axis() != axis);
        own.sort(Comparator.comparingLong(Loop::step));
        boolean reduces = stage.reduction().contains(axis);
        boolean inside = plan.placement() instanceof Placement.At && !reduces;
        if (own.isEmpty() && (axis.extent() == 1 || inside)) {
            return Optional.empty();
        }
        ScheduleRule rule = reduces ? ScheduleRule.WHOLE_REDUCTION : ScheduleRule.COVERED;
        long covered = 1;
        for (Loop loop : own) {
            if (loop.isOverDemand() && loop == own.getLast() && loop.step() == covered) {
                return Optional.empty();
            }
            if (loop.step() != covered || loop.isOverDemand()) {
                return illegal(
                        stage,
                        rule,
                        "loops over " + axis + " step by " + loop.step() + " where " + covered + " is due");
            }
            covered *= loop.extent();
        }
        // Inside of another stage only what is demanded is computed.
        return !inside && covered < axis.extent()
                ? illegal(stage, rule, "loops over " + axis + " cover " + covered + " of " + axis.extent())
                : Optional.empty();
    }
}
