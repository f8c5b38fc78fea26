package dev.sinter.ir.plan;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.lower.Lowering;
import dev.sinter.ir.lower.TensorReads;
import dev.sinter.ir.schedule.ChannelOrder;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Kernels;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.ScheduleFile;
import dev.sinter.ir.schedule.Target;
import dev.sinter.ir.schedule.Tuning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes a network to kernels: fuses, chooses layouts and schedules, and lowers.
public final class Planner {
    private final Graph graph;
    private final Target target;
    private final Policy policy;
    private final ScheduleFile written;
    private final TunedSchedules tuned;
    private final TensorLayouts layouts;
    private final Algorithms algorithms;
    private final Map<Value, Value> aliases = new IdentityHashMap<>();
    private final Identifiers names = new Identifiers();

    private Planner(Graph graph, Target target, Policy policy, ScheduleFile written, Tuning tuning) {
        this.graph = graph;
        this.target = target;
        this.policy = policy;
        this.written = written;
        this.tuned = new TunedSchedules(tuning, target);
        Set<Value> constants = new HashSet<>(graph.constants().keySet());
        this.layouts = new TensorLayouts(constants);
        this.algorithms = new Algorithms(graph, target, constants);
    }

    /// @param fuse false gives every node kernels of its own
    public static Plan plan(Graph graph, Target target, Policy policy, boolean fuse) {
        return plan(graph, target, policy, fuse, ScheduleFile.NONE, Tuning.NONE);
    }

    /// @param written schedules that go before all others
    /// @param tuning schedules that go before those of the policy
    /// @throws CompileException if one of those that are written is for no step, or illegal
    public static Plan plan(
            Graph graph, Target target, Policy policy, boolean fuse, ScheduleFile written, Tuning tuning) {
        return new Planner(prepared(graph, target), target, policy, written, tuning).run(fuse);
    }

    /// The network as it is planned, with what no kernel could take at once divided. Planning it again changes nothing.
    ///
    /// @param graph after its passes
    public static Graph prepared(Graph graph, Target target) {
        return WideConcats.split(graph, target.limits());
    }

    /// What the default policy of the target thinks of everything that it may do with one cluster.
    ///
    /// @param graph after its passes
    /// @param step its name, as schedule text has it
    /// @throws CompileException if nothing is planned under that name, or the step has no kernel
    public static Ranking ranking(Graph graph, Target target, boolean fuse, String step) {
        Planner planner =
                new Planner(prepared(graph, target), target, Policy.of(target), ScheduleFile.NONE, Tuning.NONE);
        Fusion.Result fusion = planner.fuse(fuse);
        Cluster cluster = new StepNames(fusion.clusters()).find(step);
        WrittenSchedules none = WrittenSchedules.of(ScheduleFile.NONE, fusion.clusters(), planner.policy);
        if (planner.placed(fusion, fuse, none).isPlaced(cluster)) {
            throw new CompileException(
                    Code.SCHEDULE_UNKNOWN,
                    step,
                    "has no kernel, since its operands are written where its result is to be",
                    "with a schedule of its own in a file it has one");
        }
        List<Division> divisions = planner.algorithms.of(cluster).stream()
                .flatMap(candidate -> Candidates.of(target).of(candidate.group(), target).stream())
                .toList();
        return Ranking.of(divisions, target, planner.layouts);
    }

    /// A cluster whose schedule is chosen.
    private record Draft(
            Cluster cluster,
            Group group,
            Schedule schedule,
            String form,
            ScheduleOrigin origin,
            Map<Stage, Source> stored,
            List<Demand> demands) {}

    /// Clusters, and how what they compute may lie in memory.
    private Fusion.Result fuse(boolean fuse) {
        Fusion.Result fusion = Fusion.clusters(graph, fuse, target.limits());
        BlockedLayout blocked = new BlockedLayout(graph, fusion.clusters(), target);
        graph.inputs().forEach(input -> layouts.put(input, blocked.of(input), blocked.mayHaveHalo(input)));
        for (Cluster cluster : fusion.clusters()) {
            cluster.outputs().forEach(output -> layouts.put(output, blocked.of(output), blocked.mayHaveHalo(output)));
        }
        return fusion;
    }

    /// Without fusion every node is to have kernels, and so is one whose schedule is written.
    private InPlaceConcats placed(Fusion.Result fusion, boolean fuse, WrittenSchedules schedules) {
        return InPlaceConcats.of(graph, fusion.clusters(), cluster -> fuse && !schedules.has(cluster), layouts);
    }

    private Plan run(boolean fuse) {
        Fusion.Result fusion = fuse(fuse);
        WrittenSchedules schedules = WrittenSchedules.of(written, fusion.clusters(), policy);
        InPlaceConcats concats = placed(fusion, fuse, schedules);
        List<Draft> drafts = new ArrayList<>();
        for (Cluster cluster : fusion.clusters()) {
            if (cluster.isReshape()) {
                aliases.put(cluster.output(), cluster.last().input(0));
            } else if (concats.isPlaced(cluster)) {
                drafts.add(withoutKernel(cluster));
            } else {
                drafts.add(draft(cluster, schedules));
            }
        }
        drafts.forEach(draft -> draft.demands().forEach(demand -> TensorReads.forEach(demand, layouts, layouts::note)));
        layouts.settle();
        List<Step> steps = drafts.stream().map(this::step).toList();
        return new Plan(
                algorithms.graph(),
                steps,
                settledLayouts(drafts),
                aliases,
                concats.inside(),
                fusion.refusals(),
                tuned.unfit());
    }

    /// There is nothing to compute, and no loop to plan.
    private static Draft withoutKernel(Cluster cluster) {
        Group group = cluster.group();
        return new Draft(cluster, group, new Schedule(Map.of()), "", ScheduleOrigin.POLICY, group.results(), List.of());
    }

    private Draft draft(Cluster cluster, WrittenSchedules schedules) {
        if (cluster.runsOnHost() || cluster.output().type().shape().elements() == 0) {
            return withoutKernel(cluster);
        }
        String form = KernelForm.of(cluster.group(), layouts);
        Algorithm best = schedules.has(cluster)
                ? cheapest(cluster, schedules)
                : tuned.find(form, algorithms.of(cluster), layouts)
                        .map(found -> new Algorithm(
                                found.cluster(), found.scheduled(), new ScheduleOrigin.Tuned(found.place())))
                        .orElseGet(() -> cheapest(cluster, schedules));
        algorithms.choose(best.cluster());
        ScheduledGroup chosen = best.scheduled();
        Schedule schedule = chosen.schedule();
        Kernels kernels = Kernels.of(chosen.group(), schedule::stores);
        List<Demand> demands = kernels.parts().stream()
                .map(part -> Lowering.check(part, schedule, layouts).orThrow())
                .toList();
        return new Draft(best.cluster(), chosen.group(), schedule, form, best.origin(), kernels.stored(), demands);
    }

    /// One way to compute a cluster, and the best schedule for it.
    private record Algorithm(Cluster cluster, ScheduledGroup scheduled, ScheduleOrigin origin) {}

    private Algorithm cheapest(Cluster cluster, WrittenSchedules schedules) {
        ScheduleOrigin origin = schedules
                .place(cluster)
                .<ScheduleOrigin>map(ScheduleOrigin.Written::new)
                .orElse(ScheduleOrigin.POLICY);
        return candidates(cluster, schedules).stream()
                .map(candidate ->
                        new Algorithm(candidate, schedules.schedule(candidate.group(), target, layouts), origin))
                .min(Comparator.comparingDouble(one -> one.scheduled().seconds()))
                .orElseThrow();
    }

    /// A schedule that is written says by its stages which algorithm it is for.
    private List<Cluster> candidates(Cluster cluster, WrittenSchedules schedules) {
        List<Cluster> all = algorithms.of(cluster);
        if (!schedules.has(cluster)) {
            return all;
        }
        return List.of(all.stream()
                .filter(candidate -> schedules.isFor(candidate.group()))
                .findFirst()
                .orElse(cluster));
    }

    private Step step(Draft draft) {
        List<Kernel> kernels = draft.demands().stream()
                .map(demand -> Lowering.lower(demand, layouts, names))
                .toList();
        return new Step(draft.cluster(), draft.group(), draft.schedule(), draft.form(), draft.origin(), kernels);
    }

    private Layout layout(Schedule schedule, Stage stage, Source source) {
        return schedule.isChannel(stage) ? ChannelOrder.layout(stage, schedule.plan(stage)) : layouts.of(source);
    }

    private Map<Source, Layout> settledLayouts(List<Draft> drafts) {
        Map<Source, Layout> all = new IdentityHashMap<>();
        graph.inputs().forEach(input -> all.put(input, layouts.of(input)));
        for (Draft draft : drafts) {
            draft.stored().forEach((stage, source) -> all.put(source, layout(draft.schedule(), stage, source)));
        }
        return all;
    }
}
