package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// What one kernel computes: the nest of every stage in it, with the box that its readers demand, as bounds over the
/// loops outside. Follows from the stages and their schedule alone.
public final class Demand implements Legality {
    /// As many as the widest vector types of printed languages have.
    private static final int MOST_LANES = 16;

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
        Map<Stage, List<Scopes.Read>> reads = new IdentityHashMap<>();
        for (Stage stage : part.stages().reversed()) {
            if (schedule.plan(stage).placement() instanceof Placement.Inline) {
                continue;
            }
            Optional<Illegal> fault = demand.add(stage, reads);
            if (fault.isPresent()) {
                return fault.get();
            }
        }
        return new WorkGroupRules(demand)
                .firstBroken()
                .or(() -> new ChannelRules(demand, part, schedule).firstBroken())
                .<Legality>map(broken -> broken)
                .orElse(demand);
    }

    private Optional<Illegal> add(Stage stage, Map<Stage, List<Scopes.Read>> reads) {
        return switch (schedule.plan(stage).placement()) {
            case Placement.Root _ -> {
                List<Nest.Span> everything = stage.axes().stream()
                        .map(axis -> new Nest.Span(Index.ZERO, axis.extent()))
                        .toList();
                yield add(new Nest(stage, schedule.plan(stage), everything, List.of(), Optional.empty(), true), reads);
            }
            case Placement.At at -> inside(stage, at, readsOf(stage, at, reads), reads);
            case Placement.Inline() -> Optional.empty();
        };
    }

    /// What is read of a stage. A result that nothing in its kernel reads is demanded where the stage that it is
    /// computed with has an element.
    private List<Scopes.Read> readsOf(Stage stage, Placement.At at, Map<Stage, List<Scopes.Read>> reads) {
        List<Scopes.Read> own = reads.getOrDefault(stage, List.of());
        Nest consumer = nest(at.consumer());
        if (!own.isEmpty()
                || !part.written().containsKey(stage)
                || !stage.shape().equals(consumer.stage().shape())) {
            return own;
        }
        List<Index> element =
                consumer.stage().axes().stream().map(consumer::position).toList();
        return List.of(new Scopes.Read(consumer.stage(), Scopes.Phase.FINISH, element));
    }

    private Optional<Illegal> inside(
            Stage stage, Placement.At at, List<Scopes.Read> own, Map<Stage, List<Scopes.Read>> reads) {
        if (own.isEmpty()) {
            return illegal(
                    stage,
                    ScheduleRule.CONSUMER_READS,
                    "is computed inside of " + at.consumer() + ", which does not read it and has shape "
                            + at.consumer().shape() + ", not " + stage.shape());
        }
        Scopes scopes = new Scopes(schedule);
        Optional<Scopes.Read> unreached =
                own.stream().filter(read -> !scopes.reaches(at, read)).findFirst();
        if (unreached.isPresent()) {
            return illegal(
                    stage,
                    ScheduleRule.IN_SCOPE,
                    "is computed inside " + at.computed() + " loops of " + at.consumer() + " but read by "
                            + unreached.get().reader() + " outside of them");
        }
        if (at.memory() instanceof Memory.Buffer && reads.containsKey(stage)) {
            return illegal(
                    stage,
                    ScheduleRule.RESULT_STORED,
                    "is read by " + own.getFirst().reader() + " but only in memory that other kernels read");
        }
        List<Nest.Counter> around = around(at.consumer(), at.computed());
        List<Nest.Span> box = new ArrayList<>();
        List<Nest.Span> kept = new ArrayList<>();
        boolean shared = at.memory() instanceof Memory.Local;
        for (int axis = 0; axis < stage.axes().size(); axis++) {
            int place = axis;
            List<Index> read = own.stream().map(one -> one.at().get(place)).toList();
            Optional<Nest.Span> span = Spans.around(read, standing(around, shared));
            Optional<Nest.Span> whole = Spans.around(read, standing(around(at.consumer(), at.kept()), shared));
            if (span.isEmpty() || whole.isEmpty()) {
                return illegal(
                        stage,
                        ScheduleRule.A_BOX,
                        "is read at " + read + " along " + stage.axes().get(axis));
            }
            box.add(span.get());
            kept.add(whole.get());
        }
        if (part.written().containsKey(stage)) {
            Optional<String> apart = StoredOnce.fault(stage, at, box, standing(around, shared));
            if (apart.isPresent()) {
                return illegal(stage, ScheduleRule.STORED_ONCE, apart.get());
            }
        }
        if (at.kept() == at.computed()) {
            return add(nest(stage, box, around, Optional.empty(), own), reads);
        }
        int outside = around(at.consumer(), at.kept()).size();
        Rings rings = new Rings(stage, box, kept, around.subList(outside, around.size()));
        Optional<String> fault = rings.fault().or(() -> loopsOf(stage, rings));
        return fault.isPresent()
                ? illegal(stage, ScheduleRule.KEPT_BY_STEPS, fault.get())
                : add(nest(stage, box, around, Optional.of(rings), own), reads);
    }

    private Nest nest(
            Stage stage,
            List<Nest.Span> box,
            List<Nest.Counter> around,
            Optional<Rings> rings,
            List<Scopes.Read> reads) {
        StagePlan plan = schedule.plan(stage);
        Nest nest = new Nest(stage, plan, box, around, rings, true);
        boolean whole = reads.stream().allMatch(read -> readsWholeVectors(read, nest));
        return whole ? nest : new Nest(stage, plan, box, around, rings, false);
    }

    /// True if each lane of the reader's vectors reads the lane of the same number.
    private boolean readsWholeVectors(Scopes.Read read, Nest nest) {
        Optional<Storage.Lanes> lanes = nest.storage().flatMap(Storage::lanes);
        if (lanes.isEmpty()) {
            return true;
        }
        Storage.Lanes own = lanes.get();
        Index place = nest.storage().orElseThrow().places(read.at()).get(own.axis());
        return nest(read.reader())
                .lanes()
                .map(Nest.Counter::axis)
                .filter(lane -> lane.extent() == own.count() && Storage.Lanes.areWhole(place, lane))
                .isPresent();
    }

    /// Along an axis of which a part is there already, the rest is computed by one loop that starts later.
    private Optional<String> loopsOf(Stage stage, Rings rings) {
        for (int place = 0; place < stage.axes().size(); place++) {
            Axis axis = stage.axes().get(place);
            List<Loop> own = schedule.plan(stage).loops().stream()
                    .filter(loop -> loop.axis() == axis)
                    .toList();
            boolean one = own.isEmpty()
                    || own.size() == 1
                            && own.getFirst().isOverDemand()
                            && own.getFirst().step() == 1
                            && own.getFirst().kind().isInTurn();
            if (rings.moves(place) && !one) {
                return Optional.of("keeps what was computed along " + axis + " but has other loops over it than one"
                        + " serial loop over what is demanded");
            }
        }
        return Optional.empty();
    }

    private static Optional<Illegal> illegal(Stage stage, ScheduleRule rule, String fact) {
        return Optional.of(new Illegal(stage, rule, fact));
    }

    private Optional<Illegal> add(Nest nest, Map<Stage, List<Scopes.Read>> reads) {
        Optional<Illegal> broken = uncovered(nest).or(() -> lanes(nest));
        if (broken.isPresent()) {
            return broken;
        }
        nests.put(nest.stage(), nest);
        Formulas resolved = resolved(nest);
        formulas.put(nest.stage(), resolved);
        note(nest.stage(), Scopes.Phase.START, resolved.start(), reads);
        note(nest.stage(), Scopes.Phase.UPDATE, resolved.update(), reads);
        note(nest.stage(), Scopes.Phase.FINISH, resolved.finish(), reads);
        return Optional.empty();
    }

    private static void note(
            Stage reader, Scopes.Phase phase, Inlining.Result formulas, Map<Stage, List<Scopes.Read>> reads) {
        for (Expr expr : formulas.all()) {
            Group.visit(expr, inner -> {
                if (inner instanceof Expr.Call(Stage callee, List<Index> at)) {
                    reads.computeIfAbsent(callee, _ -> new ArrayList<>()).add(new Scopes.Read(reader, phase, at));
                }
            });
        }
    }

    /// The loops that what is placed inside `depth` loops of `consumer` is inside of.
    private List<Nest.Counter> around(Stage consumer, int depth) {
        Nest nest = nest(consumer);
        List<Nest.Counter> around = new ArrayList<>(nest.around());
        around.addAll(nest.counters().subList(0, depth));
        return around;
    }

    /// The counters that stand still while a stage is computed: in local memory a work-group's items compute what all
    /// of them read.
    private static List<Axis> standing(List<Nest.Counter> around, boolean shared) {
        return around.stream()
                .filter(counter -> !shared || !(counter.loop().kind() instanceof LoopKind.Local))
                .map(Nest.Counter::axis)
                .toList();
    }

    private static Optional<Illegal> lanes(Nest nest) {
        long lanes = nest.lanes().map(counter -> counter.axis().extent()).orElse(1L);
        return lanes <= MOST_LANES && Long.bitCount(lanes) == 1
                ? Optional.empty()
                : illegal(nest.stage(), ScheduleRule.VECTOR_LANES, "has a vector loop of " + lanes + " iterations");
    }

    private static Optional<Illegal> uncovered(Nest nest) {
        for (Axis axis : nest.stage().axes()) {
            long covered = nest.covered(axis);
            if (covered < nest.span(axis).extent()) {
                return illegal(
                        nest.stage(),
                        ScheduleRule.COVERED,
                        "loops over " + axis + " cover " + covered + " but "
                                + nest.span(axis).extent() + " are demanded");
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
                part.read());
    }

    public Schedule schedule() {
        return schedule;
    }

    public Stage root() {
        return part.root();
    }

    /// All stages that the kernel computes, callees first.
    public List<Stage> stages() {
        return part.stages();
    }

    /// The tensor that holds a stage's elements, if they go to memory that kernels share.
    public Optional<Source> tensor(Stage stage) {
        return part.tensor(stage);
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

    /// True if something is computed inside of a loop that must see all of its iterations: work-items that wait for
    /// each other there, or an array that keeps what earlier iterations computed.
    public boolean needsEveryIteration(Nest nest, Nest.Counter counter) {
        int depth = nest.counters().indexOf(counter);
        return inside(nest, at -> at.computed() > depth).stream().anyMatch(this::needsEveryIteration);
    }

    private boolean needsEveryIteration(Nest nest) {
        boolean keeps = nest.at().filter(at -> at.kept() < at.computed()).isPresent();
        return keeps
                || nest.isShared()
                || !nest.sharedReduction().isEmpty()
                || inside(nest).stream().anyMatch(this::needsEveryIteration);
    }

    /// The nests of the stages that are computed inside of `consumer`, each after those it reads.
    public List<Nest> inside(Nest consumer) {
        return inside(consumer, _ -> true);
    }

    /// Those that are computed inside just `depth` of its loops.
    public List<Nest> inside(Nest consumer, int depth) {
        return inside(consumer, at -> at.computed() == depth);
    }

    /// Those whose arrays live inside just `depth` of its loops, and are filled further inside.
    public List<Nest> keptInside(Nest consumer, int depth) {
        return inside(consumer, at -> at.kept() == depth && at.computed() > depth);
    }

    private List<Nest> inside(Nest consumer, Predicate<Placement.At> where) {
        return nests.values().stream()
                .filter(nest -> nest.at()
                        .filter(at -> at.consumer() == consumer.stage() && where.test(at))
                        .isPresent())
                .toList()
                .reversed();
    }
}
