package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one kernel computes: the nest of every stage in it, with the box that its readers demand, as bounds over the
/// loops outside. Follows from the stages and their schedule alone.
public final class Demand implements Legality {
    private final Kernels.Part part;
    private final Schedule schedule;
    private final Map<Stage, Nest> nests = new LinkedHashMap<>();
    private final Map<Stage, Formulas> formulas = new IdentityHashMap<>();

    /// A stage's formulas over the counters of its kernel: stages that are inlined are written out, those in memory are
    /// read from there, and the others are calls.
    public record Formulas(Inlining.Result start, Inlining.Result update, Inlining.Result finish) {
        /// All expressions in them.
        public List<Expr> all() {
            List<Expr> all = new ArrayList<>(start.all());
            all.addAll(update.all());
            all.addAll(finish.all());
            return all;
        }
    }

    private Demand(Kernels.Part part, Schedule schedule) {
        this.part = part;
        this.schedule = schedule;
    }

    /// The demand inside one kernel, or the rule that the schedule of its stages breaks.
    public static Legality of(Kernels.Part part, Schedule schedule) {
        Demand demand = new Demand(part, schedule);
        Optional<Illegal> illegal = new PlanRules(part, schedule).firstBroken();
        if (illegal.isPresent()) {
            return illegal.get();
        }
        Map<Stage, List<List<Index>>> calls = new IdentityHashMap<>();
        for (Stage stage : part.stages().reversed()) {
            if (schedule.plan(stage).placement() instanceof Placement.Inline) {
                continue;
            }
            Optional<Illegal> fault = demand.add(stage, calls);
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        return demand;
    }

    private Optional<Illegal> add(Stage stage, Map<Stage, List<List<Index>>> calls) {
        List<Nest.Counter> around = around(stage);
        List<Nest.Span> box = new ArrayList<>();
        for (int axis = 0; axis < stage.axes().size(); axis++) {
            if (stage == part.root()) {
                box.add(new Nest.Span(Index.ZERO, stage.axes().get(axis).extent()));
                continue;
            }
            int place = axis;
            List<Index> read = calls.getOrDefault(stage, List.of()).stream()
                    .map(call -> call.get(place))
                    .toList();
            Optional<Nest.Span> span = span(read, outside(stage, around));
            if (span.isEmpty()) {
                return Optional.of(new Illegal(
                        stage,
                        Rule.A_BOX,
                        "is read at " + read + " along " + stage.axes().get(axis)));
            }
            box.add(span.get());
        }
        Nest nest = new Nest(stage, schedule.plan(stage), box, around);
        Optional<Illegal> uncovered = uncovered(nest);
        if (uncovered.isPresent()) {
            return uncovered;
        }
        nests.put(stage, nest);
        Formulas resolved = resolved(nest);
        formulas.put(stage, resolved);
        for (Expr expr : resolved.all()) {
            Group.visit(expr, inner -> {
                if (inner instanceof Expr.Call(Stage callee, List<Index> at)) {
                    calls.computeIfAbsent(callee, _ -> new ArrayList<>()).add(at);
                }
            });
        }
        return Optional.empty();
    }

    private List<Nest.Counter> around(Stage stage) {
        if (!(schedule.plan(stage).placement() instanceof Placement.At at)) {
            return List.of();
        }
        Nest consumer = nest(at.consumer());
        List<Nest.Counter> around = new ArrayList<>(consumer.around());
        around.addAll(consumer.counters().subList(0, at.computed()));
        return around;
    }

    /// The counters that stand still while the stage is computed: in local memory a work-group's items compute what all
    /// of them read.
    private List<Axis> outside(Stage stage, List<Nest.Counter> around) {
        boolean shared =
                schedule.plan(stage).placement() instanceof Placement.At at && at.memory() instanceof Memory.Local;
        return around.stream()
                .filter(counter -> !shared || !(counter.loop().kind() instanceof LoopKind.Local))
                .map(Nest.Counter::axis)
                .toList();
    }

    /// The smallest span around all indices: what depends on counters `outside` only is where it starts, what others
    /// add is how far it extends. Empty if the indices start in different places.
    private static Optional<Nest.Span> span(List<Index> indices, List<Axis> outside) {
        Index base = null;
        Range reach = null;
        for (Index index : indices) {
            Index fixed = fixedPart(index, outside);
            Range range = index.minus(fixed).range();
            if (base != null && !base.equals(fixed)) {
                return Optional.empty();
            }
            base = fixed;
            reach = reach == null ? range : reach.union(range);
        }
        return base == null || reach == null
                ? Optional.empty()
                : Optional.of(new Nest.Span(base.plus(reach.lo()), reach.size()));
    }

    private static Index fixedPart(Index index, List<Axis> outside) {
        Map<Index.Atom, Long> fixed = new LinkedHashMap<>();
        index.terms().forEach((atom, factor) -> {
            boolean moves = Index.of(atom).dependsOn(axis -> !outside.contains(axis));
            if (!moves) {
                fixed.put(atom, factor);
            }
        });
        return new Index(fixed, 0);
    }

    private static Optional<Illegal> uncovered(Nest nest) {
        for (Axis axis : nest.stage().axes()) {
            long covered = nest.counters().stream()
                    .filter(counter -> counter.loop().axis() == axis)
                    .map(counter -> counter.axis().extent())
                    .reduce(1L, Math::multiplyExact);
            if (covered < nest.span(axis).extent()) {
                return Optional.of(new Illegal(
                        nest.stage(),
                        Rule.COVERED,
                        "loops over " + axis + " cover " + covered + " but "
                                + nest.span(axis).extent() + " are demanded"));
            }
        }
        return Optional.empty();
    }

    private Formulas resolved(Nest nest) {
        List<Stage.Accumulator> accumulators = nest.stage().accumulators();
        return new Formulas(
                resolved(accumulators.stream().map(Stage.Accumulator::init).toList(), nest),
                resolved(accumulators.stream().map(Stage.Accumulator::update).toList(), nest),
                resolved(List.of(nest.stage().finish()), nest));
    }

    private Inlining.Result resolved(List<Expr> expressions, Nest nest) {
        return Inlining.resolve(
                expressions,
                index -> index.substitute(nest::position),
                stage -> schedule.plan(stage).placement() instanceof Placement.Inline,
                part.stored());
    }

    public Stage root() {
        return part.root();
    }

    /// All stages that the kernel computes, callees first.
    public List<Stage> stages() {
        return part.stages();
    }

    /// The tensors that stages of the kernel read and write, by the stage that they hold.
    public Map<Stage, Source> stored() {
        return part.stored();
    }

    /// The nests of all stages that are not inlined, the root's first.
    public List<Nest> nests() {
        return List.copyOf(nests.values());
    }

    public Nest nest(Stage stage) {
        return Expect.present(nests.get(stage), stage);
    }

    public Formulas formulas(Nest nest) {
        return Expect.present(formulas.get(nest.stage()), nest.stage());
    }

    /// The nests of the stages that are computed inside just `depth` loops of `consumer`, each after those it reads.
    public List<Nest> inside(Nest consumer, int depth) {
        return nests.values().stream()
                .filter(nest -> nest.plan().placement() instanceof Placement.At at
                        && at.consumer() == consumer.stage()
                        && at.computed() == depth)
                .toList()
                .reversed();
    }
}
