package dev.sinter.ir.kernel;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.RegisterArray;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Group;
import dev.sinter.ir.schedule.Inlining;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.schedule.Storage;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Lowers one kernel: a root stage that is stored, with every stage that its loops compute in registers or inline.
final class KernelLowering {
    private final List<Stage> order;
    private final Stage root;
    private final Schedule schedule;
    private final Map<Stage, Source> stored;
    private final Layouts layouts;
    private final Map<Stage, Nest> nests = new IdentityHashMap<>();
    private final Map<Stage, List<RegisterArray>> registers = new IdentityHashMap<>();
    private final Map<Stage, List<List<Index>>> calls = new IdentityHashMap<>();
    private final List<Stage> inRegisters = new ArrayList<>();
    private final AccessLowering access;
    private final Identifiers names = new Identifiers();

    /// @param order all stages of the group, callees first
    /// @param stored the tensors of the stages that live in memory, the root's among them
    KernelLowering(List<Stage> order, Stage root, Schedule schedule, Map<Stage, Source> stored, Layouts layouts) {
        this.order = order;
        this.root = root;
        this.schedule = schedule;
        this.stored = stored;
        this.layouts = layouts;
        this.access = new AccessLowering(layouts, nests, registers);
    }

    Kernel lower(String name) {
        List<Nest.Region> whole = root.axes().stream()
                .map(axis -> new Nest.Region(Index.ZERO, axis.extent()))
                .toList();
        Nest rootNest = new Nest(root, schedule.plan(root), whole);
        nests.put(root, rootNest);
        collectCalls(rootNest);
        for (Stage stage : order.reversed()) {
            if (calls.containsKey(stage)) {
                place(stage, rootNest);
            }
        }
        List<Stmt> body = root(rootNest, 0);
        return new GlobalIds(rootNest, schedule.workGroup())
                .finish(name, sourceOf(root).name(), access.arguments(), body);
    }

    private Source sourceOf(Stage stage) {
        return Expect.present(stored.get(stage), stage);
    }

    private void place(Stage stage, Nest rootNest) {
        Storage.Registers storage = (Storage.Registers) schedule.plan(stage).storage();
        if (storage.depth() > rootNest.reductionDepth()) {
            throw Schedule.illegal(stage, "cannot be computed inside the reduction of " + root);
        }
        boolean aboveGlobal = rootNest
                .variables()
                .subList(storage.depth(), rootNest.variables().size())
                .stream()
                .anyMatch(variable -> variable.loop().kind() instanceof LoopKind.Global);
        if (aboveGlobal) {
            throw Schedule.illegal(stage, "cannot be in registers outside the work-items of " + root);
        }
        Set<Axis> outer = new LinkedHashSet<>();
        for (Nest.Variable variable : rootNest.variables().subList(0, storage.depth())) {
            outer.add(variable.axis());
        }
        List<Nest.Region> region = RegionInference.around(stage, Expect.present(calls.get(stage), stage), outer);
        Nest nest = new Nest(stage, schedule.plan(stage), region);
        nests.put(stage, nest);
        inRegisters.addFirst(stage);
        collectCalls(nest);
    }

    private void collectCalls(Nest nest) {
        for (Expr expr : resolve(Group.expressions(nest.stage()), nest).all()) {
            Group.visit(expr, inner -> {
                if (inner instanceof Expr.Call(Stage callee, List<Index> coordinates)) {
                    calls.computeIfAbsent(callee, _ -> new ArrayList<>()).add(coordinates);
                }
            });
        }
    }

    /// Expressions of the nest's stage over the kernel's variables, with inlined stages written out and reads of
    /// stored ones turned into reads of memory.
    private Inlining.Result resolve(List<Expr> expressions, Nest nest) {
        return Inlining.resolve(
                expressions,
                index -> index.substitute(nest::position),
                stage -> schedule.plan(stage).storage() instanceof Storage.Inline,
                stored);
    }

    /// The root's loops from `depth` on, with the stages computed inside just that many of them.
    private List<Stmt> root(Nest nest, int depth) {
        List<Stmt> body = new ArrayList<>();
        for (Stage stage : inRegisters) {
            if (((Storage.Registers) schedule.plan(stage).storage()).depth() == depth) {
                body.addAll(inRegisters(Expect.present(nests.get(stage), stage)));
            }
        }
        if (depth == nest.reductionDepth()) {
            body.addAll(core(nest, new Target(Optional.empty())));
        } else {
            body.add(loop(nest.variables().get(depth), root(nest, depth + 1)));
        }
        return body;
    }

    private List<Stmt> inRegisters(Nest nest) {
        Stage stage = nest.stage();
        RegisterArray array = elements(nest);
        registers.put(stage, List.of(array));
        List<Stmt> inner = core(nest, new Target(Optional.of(array)));
        int depth = nest.reductionDepth();
        for (Nest.Variable variable : nest.variables().subList(0, depth).reversed()) {
            inner = List.of(loop(variable, inner));
        }
        List<Stmt> all = new ArrayList<>(List.of(new Stmt.Declare(array)));
        all.addAll(inner);
        return all;
    }

    /// Where a stage's elements go: an array of registers, or (if empty) memory.
    private record Target(Optional<RegisterArray> array) {}

    /// What happens inside the loops that come before the reduction: start, accumulate, finish.
    private List<Stmt> core(Nest nest, Target target) {
        Stage stage = nest.stage();
        int depth = nest.reductionDepth();
        List<Nest.Variable> inner =
                nest.variables().subList(depth, nest.variables().size());
        List<Nest.Variable> outputs =
                inner.stream().filter(variable -> !variable.reduces()).toList();
        Optional<Axis> lanes = nest.lanes().map(Nest.Variable::axis);
        if (!stage.reduces()) {
            return write(nest, target, stage.finish(), List.of(), lanes);
        }
        List<Stmt> statements = new ArrayList<>();
        List<KernelExpr.Register> states = new ArrayList<>();
        boolean inPlace =
                target.array().isPresent() && depth == 0 && stage.accumulators().size() == 1;
        for (int slot = 0; slot < stage.accumulators().size(); slot++) {
            RegisterArray array = inPlace
                    ? target.array().get()
                    : array(nest, "acc", outputs, stage.accumulators().get(slot).type());
            if (!inPlace) {
                statements.add(new Stmt.Declare(array));
            }
            List<Index> element = inPlace
                    ? own(nest, lanes)
                    : outputs.stream()
                            .filter(variable -> lanes.isEmpty() || variable.axis() != lanes.get())
                            .map(variable -> Index.of(variable.axis()))
                            .toList();
            states.add(new KernelExpr.Register(array, element));
        }
        statements.addAll(wrap(outputs, start(nest, states, lanes)));
        statements.addAll(new Accumulation(nest, access, states, lanes, this::loop, registers(nest))
                .statements(inner, updates -> resolve(updates, nest)));
        boolean unchanged = inPlace && stage.finish() instanceof Expr.State;
        if (!unchanged) {
            statements.addAll(wrap(outputs, write(nest, target, stage.finish(), states, lanes)));
        }
        return statements;
    }

    /// Sets the accumulators to what they start from.
    private List<Stmt> start(Nest nest, List<KernelExpr.Register> states, Optional<Axis> lanes) {
        Inlining.Result resolved = resolve(
                nest.stage().accumulators().stream()
                        .map(Stage.Accumulator::init)
                        .toList(),
                nest);
        AccessLowering.Bound bound = access.bind(
                resolved.bindings(),
                new AccessLowering.Place(nest.stage(), Facts.NONE, lanes, states),
                registers(nest));
        List<Stmt> statements = new ArrayList<>(bound.statements());
        for (int slot = 0; slot < states.size(); slot++) {
            Expr value = resolved.formulas().get(slot);
            statements.add(new Stmt.Assign(states.get(slot), access.lower(value, bound.place())));
        }
        return statements;
    }

    private BiFunction<String, ElementType, RegisterArray> registers(Nest nest) {
        return (name, type) -> array(nest, name, List.of(), type);
    }

    private List<Stmt> write(
            Nest nest, Target target, Expr finish, List<KernelExpr.Register> states, Optional<Axis> lanes) {
        AccessLowering.Place place = new AccessLowering.Place(nest.stage(), Facts.NONE, lanes, states);
        Inlining.Result resolved = resolve(List.of(finish), nest);
        if (target.array().isEmpty()) {
            return store(nest, resolved, place);
        }
        AccessLowering.Bound bound = access.bind(resolved.bindings(), place, registers(nest));
        KernelExpr value = access.lower(resolved.formulas().getFirst(), bound.place());
        List<Stmt> statements = new ArrayList<>(bound.statements());
        statements.add(new Stmt.Assign(new KernelExpr.Register(target.array().get(), own(nest, lanes)), value));
        return statements;
    }

    /// The element of its own register array that a stage computes.
    private List<Index> own(Nest nest, Optional<Axis> lanes) {
        List<Index> coordinates =
                nest.stage().axes().stream().map(nest::position).toList();
        return access.elementOf(
                nest, coordinates, new AccessLowering.Place(nest.stage(), Facts.NONE, lanes, List.of()));
    }

    private List<Stmt> store(Nest nest, Inlining.Result resolved, AccessLowering.Place place) {
        Source source = sourceOf(nest.stage());
        Layout layout = layouts.of(source);
        List<Index> coordinates =
                nest.stage().axes().stream().map(nest::position).toList();
        List<Stmt.Condition> guards = new ArrayList<>();
        Optional<Stmt.Condition> lanes = Optional.empty();
        Facts facts = place.facts();
        for (int axis = 0; axis < coordinates.size(); axis++) {
            Index index = coordinates.get(axis);
            Stmt.Condition inside =
                    new Stmt.Condition(index, 0, nest.stage().axes().get(axis).extent());
            if (inside.alwaysHolds()) {
                continue;
            }
            boolean acrossLanes =
                    place.lanes().isPresent() && index.dependsOn(place.lanes().get());
            boolean roomForLanes = index.range().isWithin(0, layout.reach(axis).hi() + 1)
                    && layout.parts().stream().anyMatch(sameAxisWrapped(axis));
            if (acrossLanes && roomForLanes) {
                continue;
            }
            if (acrossLanes) {
                lanes = Optional.of(inside);
            } else {
                guards.add(inside);
                facts = facts.and(index, 0, inside.hi());
            }
        }
        AccessLowering.Bound bound = access.bind(resolved.bindings(), place.with(facts), registers(nest));
        KernelExpr value = access.lower(resolved.formulas().getFirst(), bound.place());
        Kernel.Argument argument = access.argument(source, layout, true);
        List<Stmt> statements = new ArrayList<>(bound.statements());
        statements.add(new Stmt.Store(argument.buffer(), layout.offset(coordinates), value, lanes));
        return guards.isEmpty() ? statements : List.of(new Stmt.If(guards, statements));
    }

    private static java.util.function.Predicate<Layout.Part> sameAxisWrapped(int axis) {
        return part -> part.axis() == axis && part.wraps();
    }

    /// An array for the elements of a stage, with an extent for each of its axes but that of the lanes.
    private RegisterArray elements(Nest nest) {
        List<Long> extents = new ArrayList<>();
        for (Axis axis : nest.stage().axes()) {
            boolean vector =
                    nest.lanes().isPresent() && nest.lanes().get().loop().axis() == axis;
            if (!vector) {
                extents.add(nest.variables().stream()
                        .filter(variable -> variable.loop().axis() == axis)
                        .map(variable -> variable.axis().extent())
                        .reduce(1L, (a, b) -> a * b));
            }
        }
        return array(nest, nest.stage().name(), nest.stage().type(), extents);
    }

    /// An array with an element for each iteration of `over`, lanes side by side.
    private RegisterArray array(Nest nest, String name, List<Nest.Variable> over, ElementType type) {
        Optional<Axis> lanes = nest.lanes().map(Nest.Variable::axis);
        List<Long> extents = over.stream()
                .filter(variable -> lanes.isEmpty() || variable.axis() != lanes.get())
                .map(variable -> variable.axis().extent())
                .toList();
        return array(nest, name, type, extents);
    }

    private RegisterArray array(Nest nest, String name, ElementType type, List<Long> extents) {
        int width = nest.lanes()
                .map(lanes -> Math.toIntExact(lanes.axis().extent()))
                .orElse(1);
        return new RegisterArray(names.register(name), type, extents, width);
    }

    private List<Stmt> wrap(List<Nest.Variable> variables, List<Stmt> body) {
        List<Stmt> wrapped = body;
        for (Nest.Variable variable : variables.reversed()) {
            wrapped = List.of(loop(variable, wrapped));
        }
        return wrapped;
    }

    private Stmt loop(Nest.Variable variable, List<Stmt> body) {
        return Stmt.For.over(variable.axis(), variable.loop().kind(), body);
    }
}
