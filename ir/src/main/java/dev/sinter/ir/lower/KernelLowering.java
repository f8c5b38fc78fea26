package dev.sinter.ir.lower;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.kernel.Channel;
import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Inlining;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Nest;
import dev.sinter.ir.schedule.Storage;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Writes one kernel: the loops of its root, and inside of them those of the stages that they compute.
final class KernelLowering {
    private final Demand demand;
    private final Layouts layouts;
    private final Paddings paddings;
    private final Launches launches;
    private final Map<Stage, KernelArray> arrays = new IdentityHashMap<>();
    private final AccessLowering access;
    private final Identifiers names = new Identifiers();
    private final Tails tails = new Tails(names);
    private final Channels channels;

    KernelLowering(Demand demand, Layouts layouts) {
        this.demand = demand;
        this.layouts = layouts;
        this.paddings = new Paddings(layouts);
        this.launches = new Launches(demand.nests());
        this.channels = new Channels(demand);
        this.access = new AccessLowering(demand, layouts, arrays);
    }

    Kernel lower(String name) {
        Nest root = demand.nests().getFirst();
        // Arguments are those that the statements turn out to use.
        List<Stmt> body = loops(root);
        return launches.kernel(name, sourceOf(root).name(), access.arguments(), body);
    }

    private Source sourceOf(Nest nest) {
        return demand.tensor(nest.stage()).orElseThrow();
    }

    /// All that computes a stage.
    private List<Stmt> loops(Nest nest) {
        List<Stmt> statements = inside(nest, 0);
        List<Stmt> own = body(nest, 0);
        List<Stmt.Condition> share = nest.isShared() ? launches.share(nest) : List.of();
        if (share.isEmpty()) {
            statements.addAll(own);
        } else {
            statements.add(new Stmt.If(share, own));
        }
        return statements;
    }

    /// A nest's loops from `depth` on; what is computed inside `depth` loops stands before them.
    private List<Stmt> body(Nest nest, int depth) {
        if (depth == nest.reductionDepth()) {
            return element(nest);
        }
        List<Stmt> inner = inside(nest, depth + 1);
        inner.addAll(body(nest, depth + 1));
        return loop(nest.counters().get(depth), inner);
    }

    /// The stages that are computed inside just `depth` loops of `consumer`.
    private List<Stmt> inside(Nest consumer, int depth) {
        List<Stmt> statements = new ArrayList<>();
        for (Nest nest : demand.keptInside(consumer, depth)) {
            statements.add(allocate(nest));
        }
        Barriers barriers = new Barriers(demand);
        for (Nest nest : demand.inside(consumer, depth)) {
            barriers.before(nest, statements);
            if (!arrays.containsKey(nest.stage()) && nest.storage().isPresent()) {
                statements.add(allocate(nest));
            }
            statements.addAll(loops(nest));
        }
        barriers.after(statements);
        return statements;
    }

    private Stmt allocate(Nest nest) {
        KernelArray array = elements(nest);
        arrays.put(nest.stage(), array);
        return new Stmt.Allocate(array);
    }

    /// What happens inside the loops that come before the reduction: start, accumulate, finish.
    private List<Stmt> element(Nest nest) {
        if (!nest.stage().reduces()) {
            return write(nest, List.of(), List.of());
        }
        List<Nest.Counter> outputs = nest
                .counters()
                .subList(nest.reductionDepth(), nest.counters().size())
                .stream()
                .filter(counter -> !counter.reduces())
                .toList();
        boolean inPlace = accumulatesInPlace(nest);
        List<Stmt> statements = new ArrayList<>();
        List<KernelExpr.Element> states = new ArrayList<>();
        for (Stage.Accumulator accumulator : nest.stage().accumulators()) {
            if (inPlace) {
                states.add(new KernelExpr.Element(array(nest), own(nest)));
                continue;
            }
            KernelArray array = array(nest, "acc", outputs, accumulator.type());
            statements.add(new Stmt.Allocate(array));
            states.add(new KernelExpr.Element(array, counters(nest, outputs)));
        }
        statements.addAll(wrap(outputs, start(nest, states)));
        statements.addAll(accumulate(nest, states));
        List<Stmt.Condition> merged = List.of();
        List<KernelExpr.Element> results = states;
        if (!nest.sharedReduction().isEmpty()) {
            SplitReduction split = new SplitReduction(nest, states, names);
            statements.addAll(
                    split.merge((state, others) -> combine(nest, state, others), body -> wrap(outputs, body)));
            merged = List.of(split.first());
            results = split.results();
        }
        boolean unchanged = inPlace && nest.stage().finish() instanceof Expr.State;
        List<Stmt> written = unchanged ? storeToo(nest) : write(nest, results, merged);
        statements.addAll(written.isEmpty() ? written : wrap(outputs, written));
        return statements;
    }

    /// Merges `others` into `states`.
    private List<Stmt> combine(Nest nest, List<KernelExpr.Element> states, List<KernelExpr.Element> others) {
        AccessLowering.Place place = new AccessLowering.Place(nest, Facts.NONE, states).with(others);
        List<Stmt> statements = new ArrayList<>();
        List<KernelExpr> values = nest.stage().accumulators().stream()
                .map(accumulator -> access.lower(accumulator.combine(), place))
                .toList();
        if (states.size() == 1) {
            return List.of(new Stmt.Assign(states.getFirst(), values.getFirst()));
        }
        // Each may read what another replaces.
        List<KernelExpr.Element> merged = new ArrayList<>();
        for (int slot = 0; slot < states.size(); slot++) {
            KernelArray array =
                    array(nest, "merged", List.of(), states.get(slot).type());
            merged.add(new KernelExpr.Element(array, List.of()));
            statements.add(new Stmt.Allocate(array));
            statements.add(new Stmt.Assign(merged.get(slot), values.get(slot)));
        }
        for (int slot = 0; slot < states.size(); slot++) {
            statements.add(new Stmt.Assign(states.get(slot), merged.get(slot)));
        }
        return statements;
    }

    /// True where the elements themselves can be the accumulators.
    private boolean accumulatesInPlace(Nest nest) {
        return arrays.containsKey(nest.stage())
                && nest.reductionDepth() == 0
                && nest.sharedReduction().isEmpty()
                && nest.counters().stream().allMatch(counter -> counter.from().equals(Index.ZERO))
                && nest.stage().accumulators().size() == 1;
    }

    private KernelArray array(Nest nest) {
        return Expect.present(arrays.get(nest.stage()), nest.stage());
    }

    private static List<Index> counters(Nest nest, List<Nest.Counter> outputs) {
        Optional<Axis> lanes = nest.lanes().map(Nest.Counter::axis);
        return outputs.stream()
                .filter(counter -> lanes.isEmpty() || counter.axis() != lanes.get())
                .map(counter -> Index.of(counter.axis()))
                .toList();
    }

    /// Sets the accumulators to what they start from.
    private List<Stmt> start(Nest nest, List<KernelExpr.Element> states) {
        Inlining.Result start = demand.formulas(nest).start();
        AccessLowering.Bound bound =
                access.bind(start.bindings(), new AccessLowering.Place(nest, Facts.NONE, states), registers(nest));
        List<Stmt> statements = new ArrayList<>(bound.statements());
        for (int slot = 0; slot < states.size(); slot++) {
            KernelExpr value = access.lower(start.formulas().get(slot), bound.place());
            statements.add(new Stmt.Assign(states.get(slot), value));
        }
        return bound.place().around(statements);
    }

    /// The loops from the first over a reduction axis on, cut short where padding has no effect.
    private List<Stmt> accumulate(Nest nest, List<KernelExpr.Element> states) {
        ReductionBounds bounds = ReductionBounds.of(demand, nest, paddings);
        return accumulate(nest, nest.reductionDepth(), states, bounds);
    }

    private List<Stmt> accumulate(Nest nest, int depth, List<KernelExpr.Element> states, ReductionBounds bounds) {
        // What is computed inside no more loops than come before the reduction stands before its start.
        List<Stmt> body = depth == nest.reductionDepth() ? new ArrayList<>() : inside(nest, depth);
        if (depth == nest.counters().size()) {
            body.addAll(update(nest, states, bounds.facts()));
        } else {
            Nest.Counter counter = nest.counters().get(depth);
            List<Stmt> inner = accumulate(nest, depth + 1, states, bounds);
            body.addAll(bounds.loop(counter, inner).orElseGet(() -> loop(counter, inner)));
        }
        return body;
    }

    /// Every update sees the states as they were before it: what one has replaced and a later one reads is kept.
    private List<Stmt> update(Nest nest, List<KernelExpr.Element> states, Facts facts) {
        Inlining.Result resolved = demand.formulas(nest).update();
        List<Expr> updates = resolved.formulas();
        ReductionGuards guards = ReductionGuards.of(nest, facts);
        AccessLowering.Bound bound = access.bind(
                resolved.bindings(), new AccessLowering.Place(nest, guards.facts(), states), registers(nest));
        List<Stmt> body = new ArrayList<>(bound.statements());
        List<KernelExpr.Element> before = new ArrayList<>(states);
        for (int slot = 0; slot < states.size(); slot++) {
            int replaced = slot;
            if (updates.subList(slot + 1, updates.size()).stream().anyMatch(update -> reads(update, replaced))) {
                KernelArray kept =
                        array(nest, "before", List.of(), states.get(slot).type());
                before.set(slot, new KernelExpr.Element(kept, List.of()));
                body.add(new Stmt.Allocate(kept));
                body.add(new Stmt.Assign(before.get(slot), states.get(slot)));
            }
        }
        AccessLowering.Place place = bound.place().withStates(before);
        for (int slot = 0; slot < states.size(); slot++) {
            body.add(new Stmt.Assign(states.get(slot), access.lower(updates.get(slot), place)));
        }
        return place.around(only(guards.conditions(), body));
    }

    private static boolean reads(Expr update, int slot) {
        boolean[] found = new boolean[1];
        Group.visit(update, part -> found[0] |= part instanceof Expr.State state && state.slot() == slot);
        return found[0];
    }

    /// Puts an element where readers find it.
    ///
    /// @param who the work-items that do so
    private List<Stmt> write(Nest nest, List<KernelExpr.Element> states, List<Stmt.Condition> who) {
        Inlining.Result finish = demand.formulas(nest).finish();
        if (nest.storage().isEmpty()) {
            StoreGuards guards = StoreGuards.of(nest, layoutOf(nest));
            AccessLowering.Bound bound = access.bind(
                    finish.bindings(), new AccessLowering.Place(nest, guards.facts(), states), registers(nest));
            KernelExpr value = access.lower(finish.formulas().getFirst(), bound.place());
            List<Stmt> statements = new ArrayList<>(bound.statements());
            statements.add(store(nest, value, guards));
            List<Stmt.Condition> conditions = new ArrayList<>(who);
            conditions.addAll(guards.conditions());
            return bound.place().around(only(conditions, statements));
        }
        Optional<Channel> channel = channels.readBy(nest);
        if (channel.isPresent()) {
            KernelExpr.Element target = new KernelExpr.Element(array(nest), own(nest));
            return channels.take(finish.formulas().getFirst(), channel.get(), target);
        }
        AccessLowering.Bound bound =
                access.bind(finish.bindings(), new AccessLowering.Place(nest, Facts.NONE, states), registers(nest));
        List<Stmt> statements = new ArrayList<>(bound.statements());
        KernelExpr value = access.lower(finish.formulas().getFirst(), bound.place());
        statements.add(new Stmt.Assign(new KernelExpr.Element(array(nest), own(nest)), value));
        statements.addAll(storeToo(nest));
        return bound.place().around(only(who, statements));
    }

    /// Stores an element that readers find in an array, if its stage is a result.
    private List<Stmt> storeToo(Nest nest) {
        if (demand.tensor(nest.stage()).isEmpty()) {
            return List.of();
        }
        StoreGuards guards = StoreGuards.of(nest, layoutOf(nest));
        return only(guards.conditions(), List.of(store(nest, new KernelExpr.Element(array(nest), own(nest)), guards)));
    }

    private static List<Stmt> only(List<Stmt.Condition> conditions, List<Stmt> statements) {
        return conditions.isEmpty() ? statements : List.of(new Stmt.If(conditions, statements));
    }

    /// The element of its own array that a stage computes.
    private static List<Index> own(Nest nest) {
        return AccessLowering.place(
                nest, nest.stage().axes().stream().map(nest::position).toList());
    }

    private Layout layoutOf(Nest nest) {
        return channels.of(nest.stage()).map(Channel::order).orElseGet(() -> layouts.of(sourceOf(nest)));
    }

    private Stmt store(Nest nest, KernelExpr value, StoreGuards guards) {
        Layout layout = layoutOf(nest);
        Index offset =
                layout.offset(nest.stage().axes().stream().map(nest::position).toList());
        return channels.of(nest.stage())
                .<Stmt>map(channel -> new Stmt.ChannelWrite(channel, offset, value))
                .orElseGet(() -> new Stmt.Store(
                        access.argument(sourceOf(nest), layout, true).buffer(), offset, value, guards.lanes()));
    }

    private BiFunction<String, ElementType, KernelArray> registers(Nest nest) {
        return (name, type) -> array(nest, name, List.of(), type);
    }

    /// An array for the elements of a stage.
    private KernelArray elements(Nest nest) {
        Storage storage = nest.storage().orElseThrow();
        boolean whole = storage.lanes().map(Storage.Lanes::whole).orElse(true);
        return new KernelArray(
                names.register(nest.stage().name()),
                nest.stage().type(),
                storage.extents(),
                whole ? width(nest) : 1,
                storage.memory(),
                storage.ring());
    }

    /// An array with an element for each iteration of `over`, lanes side by side.
    private KernelArray array(Nest nest, String name, List<Nest.Counter> over, ElementType type) {
        Optional<Axis> lanes = nest.lanes().map(Nest.Counter::axis);
        List<Long> extents = over.stream()
                .map(Nest.Counter::axis)
                .filter(axis -> lanes.isEmpty() || axis != lanes.get())
                .map(Axis::extent)
                .toList();
        return array(nest, name, type, extents);
    }

    private KernelArray array(Nest nest, String name, ElementType type, List<Long> extents) {
        return new KernelArray(names.register(name), type, extents, width(nest));
    }

    private static int width(Nest nest) {
        return nest.lanes().map(lanes -> Math.toIntExact(lanes.axis().extent())).orElse(1);
    }

    private List<Stmt> wrap(List<Nest.Counter> counters, List<Stmt> body) {
        List<Stmt> wrapped = body;
        for (Nest.Counter counter : counters.reversed()) {
            wrapped = loop(counter, wrapped);
        }
        return wrapped;
    }

    /// What a launch runs in parallel needs no loop.
    private List<Stmt> loop(Nest.Counter counter, List<Stmt> body) {
        boolean located = body.size() == 1 && body.getFirst() instanceof Stmt.Let;
        if (located && counter.loop().kind() instanceof LoopKind.Vector) {
            // An index that is loaded is the same for all lanes.
            Stmt.Let let = (Stmt.Let) body.getFirst();
            return List.of(new Stmt.Let(let.axis(), let.value(), loop(counter, let.body())));
        }
        return counter.loop().kind().isParallel() ? body : tails.loop(counter, body);
    }
}
