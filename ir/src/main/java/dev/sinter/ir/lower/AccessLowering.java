package dev.sinter.ir.lower;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Binding;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.schedule.Demand;
import dev.sinter.ir.schedule.Nest;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Turns what a stage says of tensors into what a kernel does with memory: reads become loads at offsets, calls become
/// elements of arrays, states become accumulators, and paddings are discharged (see [Paddings]).
///
/// A load that cannot be proven to stay inside its buffer is clamped into it. That is sound, since padding is said by
/// [Expr.Within]: what is read outside can only end up in parts of tiles that nothing stores.
final class AccessLowering {
    private final Demand demand;
    private final Layouts layouts;
    private final Paddings paddings;
    private final Map<Stage, KernelArray> arrays;
    private final Map<Memory, Kernel.Argument> arguments = new LinkedHashMap<>();

    /// One tensor in two layouts is two arguments: constants are packed as each read wants them.
    private record Memory(Source source, Layout layout) {}

    /// @param arrays where the elements of stages are that are computed inside of the kernel; may grow
    AccessLowering(Demand demand, Layouts layouts, Map<Stage, KernelArray> arrays) {
        this.demand = demand;
        this.layouts = layouts;
        this.paddings = new Paddings(layouts);
        this.arrays = arrays;
    }

    /// Where an expression stands: whose it is, what is known there, the accumulators' elements, and where bound values
    /// are.
    ///
    /// @param others where the accumulators are that are merged into `states`
    record Place(
            Nest nest,
            Facts facts,
            List<KernelExpr.Element> states,
            List<KernelExpr.Element> others,
            Map<Binding, KernelExpr.Element> bound,
            LoadedIndices loaded) {
        Place(Nest nest, Facts facts, List<KernelExpr.Element> states) {
            this(nest, facts, states, List.of(), Map.of(), new LoadedIndices());
        }

        Place with(Facts known) {
            return new Place(nest, known, states, others, bound, loaded);
        }

        /// The same formulas' place once the accumulators have moved.
        Place withStates(List<KernelExpr.Element> moved) {
            return new Place(nest, facts, moved, others, bound, loaded);
        }

        Place with(List<KernelExpr.Element> merged) {
            return new Place(nest, facts, states, merged, bound, loaded);
        }

        Place with(Map<Binding, KernelExpr.Element> values) {
            return new Place(nest, facts, states, others, values, loaded);
        }

        /// Statements of this place, inside of what the indices in them stand for.
        List<Stmt> around(List<Stmt> statements) {
            return loaded.around(statements);
        }

        Optional<Axis> lanes() {
            return nest.lanes().map(Nest.Counter::axis);
        }
    }

    /// Statements that set registers, and the place after them.
    record Bound(List<Stmt> statements, Place place) {}

    /// Computes bound values, each once.
    ///
    /// @param newRegister makes a register of as many lanes as the place has
    Bound bind(List<Binding> bindings, Place place, BiFunction<String, ElementType, KernelArray> newRegister) {
        List<Stmt> statements = new ArrayList<>();
        Map<Binding, KernelExpr.Element> bound = new IdentityHashMap<>();
        Place after = place.with(bound);
        for (Binding binding : bindings) {
            KernelArray array = newRegister.apply(binding.name(), binding.type());
            KernelExpr.Element register = new KernelExpr.Element(array, List.of());
            statements.add(new Stmt.Allocate(array));
            statements.add(new Stmt.Assign(register, lower(binding.value(), after)));
            bound.put(binding, register);
        }
        return new Bound(statements, after);
    }

    List<Kernel.Argument> arguments() {
        return List.copyOf(arguments.values());
    }

    KernelExpr lower(Expr expr, Place place) {
        return switch (expr) {
            case Expr.Read(Source source, List<Index> coordinates) -> load(source, coordinates, place);
            case Expr.Call(Stage stage, List<Index> coordinates) ->
                element(
                        stage,
                        coordinates.stream().map(index -> counted(index, place)).toList());
            case Expr.State(int slot, boolean other, _) -> (other ? place.others() : place.states()).get(slot);
            case Expr.Bound(Binding binding) -> Expect.present(place.bound().get(binding), binding);
            case Expr.Within within -> within(within, place);
            case Expr.Position(Index index, ElementType type) -> new KernelExpr.Position(counted(index, place), type);
            case Expr.Constant(double value, ElementType type) -> new KernelExpr.Constant(value, type);
            case Expr.Unary(var function, Expr operand) -> new KernelExpr.Unary(function, lower(operand, place));
            case Expr.Binary(var function, Expr left, Expr right) ->
                new KernelExpr.Binary(function, lower(left, place), lower(right, place));
            case Expr.MultiplyAdd(Expr left, Expr right, Expr addend) ->
                new KernelExpr.MultiplyAdd(lower(left, place), lower(right, place), lower(addend, place));
            case Expr.Select(var comparison, Expr left, Expr right, Expr then, Expr otherwise) ->
                Choices.of(new KernelExpr.Select(
                        comparison,
                        lower(left, place),
                        lower(right, place),
                        lower(then, place),
                        lower(otherwise, place)));
            case Expr.Cast(Expr operand, ElementType type) -> new KernelExpr.Cast(lower(operand, place), type);
        };
    }

    private KernelExpr within(Expr.Within within, Place place) {
        return switch (paddings.of(within, place.facts(), place.lanes())) {
            case INSIDE, HALO -> lower(within.value(), place);
            case OUTSIDE -> lower(within.otherwise(), place);
            case CHOICE ->
                new KernelExpr.Within(
                        counted(Paddings.uniform(within, place.lanes()), place),
                        within.lo(),
                        within.hi(),
                        lower(within.value(), place.with(place.facts().and(within.index(), within.lo(), within.hi()))),
                        lower(
                                within.otherwise(),
                                place.with(place.facts().andOutside(within.index(), within.lo(), within.hi()))));
        };
    }

    private KernelExpr load(Source source, List<Index> coordinates, Place place) {
        Layout layout = layouts.forRead(source, coordinates, place.lanes());
        List<Index> safe = new ArrayList<>();
        for (int axis = 0; axis < coordinates.size(); axis++) {
            Index index = coordinates.get(axis);
            Range range = place.facts().rangeOf(index);
            Range reach = layout.reach(axis);
            boolean proven = range.isWithin(reach.lo(), reach.hi() + 1);
            Index safeIndex =
                    proven ? index : index.clamped(0, source.type().shape().dim(axis) - 1);
            safe.add(counted(safeIndex, place));
        }
        return new KernelExpr.Load(argument(source, layout, false).buffer(), layout.offset(safe));
    }

    /// The index with counters in place of what it loads.
    private Index counted(Index index, Place place) {
        return index.replaceLoaded(loaded -> {
            Optional<Axis> before = place.loaded().counter(loaded);
            return Index.of(before.orElseGet(() ->
                    place.loaded().add(loaded, lower(loaded.value(), place.with(Facts.NONE)))));
        });
    }

    private KernelExpr element(Stage stage, List<Index> coordinates) {
        KernelArray array = Expect.present(arrays.get(stage), stage);
        return new KernelExpr.Element(array, place(demand.nest(stage), coordinates));
    }

    /// The coordinates of an element inside of its stage's array.
    static List<Index> place(Nest nest, List<Index> coordinates) {
        return nest.storage().orElseThrow().elements(coordinates);
    }

    Kernel.Argument argument(Source source, Layout layout, boolean written) {
        return arguments.computeIfAbsent(new Memory(source, layout), _ -> {
            Buffer buffer = new Buffer(name(source, written), source.type().element(), layout.elements());
            return new Kernel.Argument(buffer, source, layout, written);
        });
    }

    /// Kernels that compute the same are the same text, whatever tensors are called.
    private String name(Source source, boolean written) {
        String role = written ? "y" : layouts.isConstant(source) ? "w" : "x";
        long others = arguments.values().stream()
                .filter(argument -> argument.buffer().name().startsWith(role))
                .count();
        return role + others;
    }
}
