package dev.sinter.ir.kernel;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Binding;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Expr;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Range;
import dev.sinter.ir.expr.RegisterArray;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.schedule.Schedule;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// Turns what a stage says of tensors into what a kernel does with memory: reads become loads at offsets, calls become
/// registers, states become accumulators, and padding is discharged, in this order: proven away by the ranges of
/// indices, by bounds of a loop, by a halo, or left as a choice.
///
/// A load that cannot be proven to stay inside its buffer is clamped into it. That is sound, since padding is said by
/// [Expr.Within]: what is read outside can only end up in parts of tiles that nothing stores.
final class AccessLowering {
    private final Layouts layouts;
    private final Map<Stage, Nest> nests;
    private final Map<Stage, List<RegisterArray>> registers;
    private final Map<Memory, Kernel.Argument> arguments = new LinkedHashMap<>();

    /// One tensor in two layouts is two arguments: constants are packed as each read wants them.
    private record Memory(Source source, Layout layout) {}

    AccessLowering(Layouts layouts, Map<Stage, Nest> nests, Map<Stage, List<RegisterArray>> registers) {
        this.layouts = layouts;
        this.nests = nests;
        this.registers = registers;
    }

    /// Where an expression stands: what is known there, the vector's lanes, the accumulators' elements, and where bound
    /// values are.
    record Place(
            Stage stage,
            Facts facts,
            Optional<Axis> lanes,
            List<KernelExpr.Register> states,
            Map<Binding, KernelExpr.Register> bound) {
        Place(Stage stage, Facts facts, Optional<Axis> lanes, List<KernelExpr.Register> states) {
            this(stage, facts, lanes, states, Map.of());
        }

        Place with(Facts others) {
            return new Place(stage, others, lanes, states, bound);
        }

        Place with(Map<Binding, KernelExpr.Register> others) {
            return new Place(stage, facts, lanes, states, others);
        }
    }

    /// Statements that set registers, and the place after them.
    record Bound(List<Stmt> statements, Place place) {}

    /// Computes bound values, each once.
    ///
    /// @param newRegister makes a register of as many lanes as the place has
    Bound bind(List<Binding> bindings, Place place, BiFunction<String, ElementType, RegisterArray> newRegister) {
        List<Stmt> statements = new ArrayList<>();
        Map<Binding, KernelExpr.Register> bound = new IdentityHashMap<>();
        Place after = place.with(bound);
        for (Binding binding : bindings) {
            RegisterArray array = newRegister.apply(binding.name(), binding.type());
            KernelExpr.Register register = new KernelExpr.Register(array, List.of());
            statements.add(new Stmt.Declare(array));
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
            case Expr.Call(Stage stage, List<Index> coordinates) -> register(stage, coordinates, place);
            case Expr.State(int slot, _, _) -> place.states().get(slot);
            case Expr.Bound(Binding binding) -> Expect.present(place.bound().get(binding), binding);
            case Expr.Within within -> within(within, place);
            case Expr.Position(Index index, ElementType type) -> {
                requireUniform(index, place);
                yield new KernelExpr.Position(index, type);
            }
            case Expr.Constant(double value, ElementType type) -> new KernelExpr.Constant(value, type);
            case Expr.Unary(var function, Expr operand) -> new KernelExpr.Unary(function, lower(operand, place));
            case Expr.Binary(var function, Expr left, Expr right) ->
                new KernelExpr.Binary(function, lower(left, place), lower(right, place));
            case Expr.MultiplyAdd(Expr left, Expr right, Expr addend) ->
                new KernelExpr.MultiplyAdd(lower(left, place), lower(right, place), lower(addend, place));
            case Expr.Select(var comparison, Expr left, Expr right, Expr then, Expr otherwise) ->
                new KernelExpr.Select(
                        comparison,
                        lower(left, place),
                        lower(right, place),
                        lower(then, place),
                        lower(otherwise, place));
            case Expr.Cast(Expr operand, ElementType type) -> new KernelExpr.Cast(lower(operand, place), type);
        };
    }

    private KernelExpr within(Expr.Within within, Place place) {
        Index index = uniform(within, place);
        Range range = place.facts().rangeOf(index);
        if (range.isWithin(within.lo(), within.hi())) {
            return lower(within.value(), place);
        }
        if (range.isDisjointFrom(within.lo(), within.hi())) {
            return lower(within.otherwise(), place);
        }
        if (isHalo(within, place)) {
            return lower(within.value(), place);
        }
        requireUniform(index, place);
        Facts inside = place.facts().and(within.index(), within.lo(), within.hi());
        return new KernelExpr.Within(
                index,
                within.lo(),
                within.hi(),
                lower(within.value(), place.with(inside)),
                lower(
                        within.otherwise(),
                        place.with(place.facts().andOutside(within.index(), within.lo(), within.hi()))));
    }

    /// True if memory around the tensor holds what the padding yields, as far out as this place reads.
    boolean isHalo(Expr.Within within, Place place) {
        if (!(within.otherwise() instanceof Expr.Constant(double outside, _))) {
            return false;
        }
        Expr inner = within.value();
        while (inner instanceof Expr.Within next && next.otherwise().equals(within.otherwise())) {
            inner = next.value();
        }
        if (!(inner instanceof Expr.Read(Source source, List<Index> coordinates)) || within.lo() != 0) {
            return false;
        }
        int axis = coordinates.indexOf(within.index());
        if (axis < 0 || within.hi() != source.type().shape().dim(axis)) {
            return false;
        }
        Range range = place.facts().rangeOf(within.index());
        return layouts.hasHalo(source, coordinates, place.lanes(), axis, range, outside);
    }

    /// The index with the vector's lanes left out where all lanes of a vector fall on the same side of both limits.
    private static Index uniform(Expr.Within within, Place place) {
        if (place.lanes().isEmpty()) {
            return within.index();
        }
        Axis lanes = place.lanes().get();
        Index first = within.index().minus(Index.of(lanes).times(within.index().coefficient(lanes)));
        boolean aligned = within.index().coefficient(lanes) == 1
                && isMultiple(within.lo(), lanes.extent())
                && isMultiple(within.hi(), lanes.extent())
                && first.modulo(lanes.extent()).equals(Index.ZERO);
        return aligned ? first : within.index();
    }

    private static boolean isMultiple(long limit, long of) {
        return limit == Long.MAX_VALUE || limit == Long.MIN_VALUE || limit % of == 0;
    }

    private static void requireUniform(Index index, Place place) {
        if (place.lanes().isPresent() && index.dependsOn(place.lanes().get())) {
            throw Schedule.illegal(
                    place.stage(),
                    "a choice by " + index + " differs between the lanes of "
                            + place.lanes().get());
        }
    }

    private KernelExpr load(Source source, List<Index> coordinates, Place place) {
        Layout layout = layouts.forRead(source, coordinates, place.lanes());
        List<Index> safe = new ArrayList<>();
        for (int axis = 0; axis < coordinates.size(); axis++) {
            Index index = coordinates.get(axis);
            Range range = place.facts().rangeOf(index);
            layouts.reads(source, axis, range);
            Range reach = layout.reach(axis);
            boolean proven = range.isWithin(reach.lo(), reach.hi() + 1);
            safe.add(proven ? index : index.clamped(0, source.type().shape().dim(axis) - 1));
        }
        return new KernelExpr.Load(argument(source, layout, false).buffer(), layout.offset(safe));
    }

    private KernelExpr register(Stage stage, List<Index> coordinates, Place place) {
        Nest nest = Expect.present(nests.get(stage), stage);
        RegisterArray array = Expect.present(registers.get(stage), stage).getFirst();
        return new KernelExpr.Register(array, elementOf(nest, coordinates, place));
    }

    /// The coordinates inside the register array of a stage's element.
    List<Index> elementOf(Nest nest, List<Index> coordinates, Place place) {
        List<Index> element = new ArrayList<>();
        Optional<Axis> vector = nest.lanes().map(variable -> variable.loop().axis());
        for (int axis = 0; axis < coordinates.size(); axis++) {
            Axis own = nest.stage().axes().get(axis);
            Index inside = coordinates.get(axis).minus(nest.base(own));
            if (vector.isPresent() && vector.get() == own) {
                boolean same = place.lanes().isPresent()
                        && inside.equals(Index.of(place.lanes().get()));
                if (!same) {
                    throw Schedule.illegal(
                            nest.stage(), "lane " + inside + " of its vectors is read where lanes do not match");
                }
            } else {
                requireUniform(inside, place);
                element.add(inside);
            }
        }
        return element;
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
